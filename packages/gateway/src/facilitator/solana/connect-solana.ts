import type { RandomBytes } from '@bursar/core'
import {
  Connection,
  Keypair,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'
import type { GatewayOptions, SolanaConnection } from '../../options.js'
import type { Facilitator } from '../facilitator.js'
import { programs, tokenAccountOf } from './programs.js'
import { awaitLanding, broadcast, nameOf, type SettlementContext } from './settlement.js'
import { SolanaFacilitator } from './solana-facilitator.js'

const RECEIPT_TIMEOUT_MS = 10_000
const USDC = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'

/**
 * Connects the gateway to Solana. Both of its accounts are funded, and the payee is given a token account, which
 * the standard wants to be there before it is paid.
 *
 * @throws {TypeError} when the accounts are given no SOL, or the payee no token account.
 */
export async function connectSolana(
  solana: SolanaConnection,
  random: RandomBytes,
  signal: AbortSignal,
  { receiptTimeoutMs = RECEIPT_TIMEOUT_MS }: GatewayOptions
): Promise<{ readonly facilitator: Facilitator; readonly payTo: string }> {
  const payee = solana.payeeKey ? Keypair.fromSecretKey(solana.payeeKey) : Keypair.fromSeed(random(32))
  const feePayer = solana.feePayerKey
    ? Keypair.fromSecretKey(solana.feePayerKey)
    : Keypair.fromSeed(random(32))
  for (const { publicKey } of [payee, feePayer]) await solana.fundSol?.(publicKey.toBase58())
  const { rpcUrl, usdc = USDC } = solana
  const facilitator = new SolanaFacilitator({
    rpcUrl,
    asset: usdc,
    payee,
    feePayer,
    receiptTimeoutMs,
    signal
  })
  if (solana.tokenAccount !== 'missing') {
    const connection = new Connection(rpcUrl, 'confirmed')
    await createTokenAccount({ connection, receiptTimeoutMs, signal }, payee, new PublicKey(usdc))
  }
  return { facilitator, payTo: payee.publicKey.toBase58() }
}

async function createTokenAccount(
  context: SettlementContext,
  payee: Keypair,
  mint: PublicKey
): Promise<void> {
  const owner = payee.publicKey
  const tokenProgram = (await context.connection.getAccountInfo(mint))?.owner
  if (!tokenProgram) throw new TypeError('solana: there is no such mint; give its address as "usdc"')
  const readonly = { isSigner: false, isWritable: false }
  const creation = new TransactionInstruction({
    programId: programs.associatedToken,
    keys: [
      { pubkey: owner, isSigner: true, isWritable: true },
      { pubkey: tokenAccountOf(owner, mint, tokenProgram), isSigner: false, isWritable: true },
      { pubkey: owner, ...readonly },
      { pubkey: mint, ...readonly },
      { pubkey: programs.system, ...readonly },
      { pubkey: tokenProgram, ...readonly }
    ],
    // Idempotent: one that is there already will do.
    data: Buffer.of(1)
  })
  const { blockhash } = await context.connection.getLatestBlockhash()
  const message = new TransactionMessage({
    payerKey: owner,
    recentBlockhash: blockhash,
    instructions: [creation]
  })
  const transaction = new VersionedTransaction(message.compileToV0Message())
  transaction.sign([payee])
  const refused = await broadcast(context, transaction)
  const landed = refused ? undefined : await awaitLanding(context, nameOf(transaction))
  if (landed?.outcome !== 'settled')
    throw new TypeError('solana: the payee has no token account and cannot be given one; give it SOL')
}
