import { randomBytes } from 'node:crypto'
import type { JsonObject } from '@bursar/core'
import type { SolanaChain } from '@bursar/localchain/solana'
import {
  createAssociatedTokenAccountIdempotentInstruction,
  createTransferCheckedInstruction,
  getAssociatedTokenAddressSync
} from '@solana/spl-token'
import {
  ComputeBudgetProgram,
  Connection,
  Keypair,
  PublicKey,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction
} from '@solana/web3.js'

/** What a test makes different from an honest transaction. */
export interface TransactionChanges {
  readonly amountAtomic?: bigint
  readonly mint?: PublicKey
  readonly payTo?: PublicKey
  readonly feePayer?: PublicKey
  readonly blockhash?: string
  readonly microLamports?: number
  readonly memo?: string | undefined
  /** Creates the payee's token account first; given a key, at that account's cost. */
  readonly creates?: boolean | PublicKey
  /** Put at the end. */
  readonly more?: readonly TransactionInstruction[]
  /** Leaves the first instructions out. */
  readonly without?: number
  readonly signs?: boolean
  /** Katana: who the payload says pays. */
  readonly payer?: string
}

/** A wallet that pays with web3.js and spl-token. */
export interface SolanaWallet {
  readonly keypair: Keypair
  readonly address: string
  /** The payload of an offer, in Katana's dialect when `extra` names no fee payer. */
  pay(offer: JsonObject, changes?: TransactionChanges): Promise<JsonObject>
}

/** The Memo program. */
const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr')

/** Writes a memo. */
export function memo(text: string): TransactionInstruction {
  return new TransactionInstruction({ programId: MEMO, keys: [], data: Buffer.from(text) })
}

/** Makes a wallet with USDC. `fundsAtomic`: `1_000_000n = 1 USDC`. */
export async function fundSolanaWallet(chain: SolanaChain, fundsAtomic = 10_000_000n): Promise<SolanaWallet> {
  const keypair = Keypair.generate()
  const address = keypair.publicKey.toBase58()
  if (fundsAtomic > 0n) await chain.mint(address, fundsAtomic)
  const connection = new Connection(chain.rpcUrl, 'confirmed')
  return {
    keypair,
    address,
    async pay(offer, changes = {}) {
      const blockhash = changes.blockhash ?? (await connection.getLatestBlockhash()).blockhash
      const transaction = buildTransaction(keypair, offer, blockhash, changes)
      const encoded = Buffer.from(transaction.serialize()).toString('base64')
      const isKatana = feePayerOf(offer) === undefined
      return isKatana ? { payer: changes.payer ?? address, transaction: encoded } : { transaction: encoded }
    }
  }
}

function feePayerOf({ extra }: JsonObject): string | undefined {
  const named = (extra as JsonObject | undefined)?.feePayer
  return typeof named === 'string' ? named : undefined
}

function buildTransaction(
  keypair: Keypair,
  offer: JsonObject,
  recentBlockhash: string,
  changes: TransactionChanges
): VersionedTransaction {
  const payTo = changes.payTo ?? new PublicKey(String(offer.payTo))
  const mint = changes.mint ?? new PublicKey(String(offer.asset))
  const payerKey = changes.feePayer ?? new PublicKey(feePayerOf(offer) ?? String(offer.payTo))
  const owner = keypair.publicKey
  const accountOf = (of: PublicKey): PublicKey => getAssociatedTokenAddressSync(mint, of, true)
  const amountAtomic = changes.amountAtomic ?? BigInt(String(offer.amount ?? offer.maxAmountRequired))
  const funder = changes.creates === true ? payerKey : changes.creates || undefined
  const text = 'memo' in changes ? changes.memo : randomBytes(16).toString('hex')
  const instructions = [
    ComputeBudgetProgram.setComputeUnitLimit({ units: 60_000 }),
    ComputeBudgetProgram.setComputeUnitPrice({ microLamports: changes.microLamports ?? 1 }),
    ...(funder
      ? [createAssociatedTokenAccountIdempotentInstruction(funder, accountOf(payTo), payTo, mint)]
      : []),
    createTransferCheckedInstruction(accountOf(owner), mint, accountOf(payTo), owner, amountAtomic, 6),
    ...(text === undefined ? [] : [memo(text)]),
    ...(changes.more ?? [])
  ].slice(changes.without ?? 0)
  const message = new TransactionMessage({ payerKey, recentBlockhash, instructions })
  const transaction = new VersionedTransaction(message.compileToV0Message())
  if (changes.signs !== false) transaction.sign([keypair])
  return transaction
}
