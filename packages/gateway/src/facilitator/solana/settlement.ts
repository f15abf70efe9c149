import { setTimeout as sleep } from 'node:timers/promises'
import { type Connection, SendTransactionError, type VersionedTransaction } from '@solana/web3.js'
import bs58 from 'bs58'
import type { Settlement } from '../facilitator.js'

const POLL_MS = 20

/** What settling needs. */
export interface SettlementContext {
  readonly connection: Connection
  /** Milliseconds to wait for a transaction. */
  readonly receiptTimeoutMs: number
  /** Ends the wait. */
  readonly signal: AbortSignal
}

/**
 * Sends a transaction whose checks have passed.
 *
 * @returns why the node rejected it, or undefined.
 * @throws when the node does not answer. It is then not known whether the transaction was sent.
 */
export async function broadcast(
  { connection }: SettlementContext,
  transaction: VersionedTransaction
): Promise<'blockhash_not_found' | 'nonce_already_used' | 'simulation_failed' | undefined> {
  try {
    await connection.sendRawTransaction(transaction.serialize(), { preflightCommitment: 'confirmed' })
    return undefined
  } catch (error) {
    if (!(error instanceof SendTransactionError)) throw error
    const { message } = error
    if (/blockhash not found/i.test(message)) return 'blockhash_not_found'
    return /already.?(?:been )?processed/i.test(message) ? 'nonce_already_used' : 'simulation_failed'
  }
}

/** Waits until a transaction is confirmed. */
export async function awaitLanding(context: SettlementContext, name: string): Promise<Settlement> {
  const deadlineMs = performance.now() + context.receiptTimeoutMs
  for (;;) {
    const status = await statusOf(context, name)
    if (status?.err) return { outcome: 'failed', reason: 'transaction_failed', transaction: name }
    if (status) return { outcome: 'settled', transaction: name }
    // After the broadcast, a node that does not answer leaves the outcome open, as a late block does.
    if (performance.now() >= deadlineMs || context.signal.aborted)
      return { outcome: 'pending', transaction: name }
    await sleep(POLL_MS)
  }
}

/** Waits until no block can include the transaction any more. */
export async function untilExpired(
  { connection, signal }: SettlementContext,
  { message }: VersionedTransaction
): Promise<void> {
  while (!signal.aborted) {
    const { value } = await connection.isBlockhashValid(message.recentBlockhash, { commitment: 'finalized' })
    if (!value) return
    await sleep(POLL_MS)
  }
}

/** The first signature, base58, which identifies a transaction. */
export function nameOf({ signatures: [first = new Uint8Array(64)] }: VersionedTransaction): string {
  return bs58.encode(first)
}

async function statusOf(
  { connection }: SettlementContext,
  name: string
): Promise<{ readonly err: unknown } | undefined> {
  try {
    const { value } = await connection.getSignatureStatus(name, { searchTransactionHistory: true })
    const landed = value?.confirmationStatus === 'confirmed' || value?.confirmationStatus === 'finalized'
    return landed ? value : undefined
  } catch {
    return undefined
  }
}
