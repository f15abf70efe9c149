import {
  type Keypair,
  type PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'
import { programs, tokenAccountOf } from './programs.js'
import { awaitLanding, broadcast, nameOf, type SettlementContext } from './settlement.js'

/** The instruction "CreateIdempotent": an account that exists already is no error. */
const CREATE_IDEMPOTENT = Buffer.of(1)

/**
 * Creates an owner's token account, unless it exists, at the owner's cost.
 *
 * @throws {TypeError} when the mint does not exist or the owner has no SOL.
 */
export async function createTokenAccount(
  context: SettlementContext,
  owner: Keypair,
  mint: PublicKey
): Promise<void> {
  const tokenProgram = (await context.connection.getAccountInfo(mint))?.owner
  if (!tokenProgram) throw new TypeError('solana: there is no such mint; give its address as "usdc"')
  const account = tokenAccountOf(owner.publicKey, mint, tokenProgram)
  if (await context.connection.getAccountInfo(account)) return
  const { blockhash } = await context.connection.getLatestBlockhash()
  const message = new TransactionMessage({
    payerKey: owner.publicKey,
    recentBlockhash: blockhash,
    instructions: [creation(owner.publicKey, mint, tokenProgram)]
  })
  const transaction = new VersionedTransaction(message.compileToV0Message())
  transaction.sign([owner])
  const rejection = await broadcast(context, transaction)
  const landed = rejection ? undefined : await awaitLanding(context, nameOf(transaction))
  if (landed?.outcome !== 'settled')
    throw new TypeError('solana: the payee has no token account and no SOL to create one; give it SOL')
}

function creation(owner: PublicKey, mint: PublicKey, tokenProgram: PublicKey): TransactionInstruction {
  const readonly = { isSigner: false, isWritable: false }
  return new TransactionInstruction({
    programId: programs.associatedToken,
    keys: [
      { pubkey: owner, isSigner: true, isWritable: true },
      { pubkey: tokenAccountOf(owner, mint, tokenProgram), isSigner: false, isWritable: true },
      { pubkey: owner, ...readonly },
      { pubkey: mint, ...readonly },
      { pubkey: programs.system, ...readonly },
      { pubkey: tokenProgram, ...readonly }
    ],
    data: CREATE_IDEMPOTENT
  })
}
