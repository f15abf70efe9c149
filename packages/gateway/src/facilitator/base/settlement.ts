import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Address,
  encodeFunctionData,
  type Hash,
  isAddressEqual,
  type PublicClient,
  parseEventLogs,
  type TransactionReceipt
} from 'viem'
import type { Settlement } from '../facilitator.js'
import type { Authorization, ExactPayload } from './payload.js'
import type { Relayer } from './relayer.js'
import { fiatToken } from './token.js'

const POLL_MS = 20
/** How long to look for a transaction that was sent before: it has landed by now, or will not soon. */
export const FIND_MS = 500

/** What settling needs. */
export interface SettlementContext {
  readonly client: PublicClient
  readonly relayer: Relayer
  /** Milliseconds to wait for a receipt. */
  readonly receiptTimeoutMs: number
  /** Ends the wait for a receipt. */
  readonly signal: AbortSignal
}

/** Sends the transfer. The token itself distinguishes contract wallets from accounts, so one function serves both. */
export function broadcastTransfer(
  { relayer }: SettlementContext,
  asset: Address,
  { authorization, signature }: ExactPayload
): Promise<Hash> {
  const { from, to, value, validAfter, validBefore, nonce } = authorization
  const args = [from, to, value, validAfter, validBefore, nonce, signature] as const
  return relayer.send(
    asset,
    encodeFunctionData({ abi: fiatToken, functionName: 'transferWithAuthorization', args })
  )
}

/** A transfer that was broadcast. */
interface SentTransfer {
  readonly asset: Address
  readonly hash: Hash
  readonly transfer: Pick<Authorization, 'from' | 'to' | 'value'>
}

/** Waits for the transaction, and checks that its logs show the transfer. */
export async function awaitTransfer(context: SettlementContext, sent: SentTransfer): Promise<Settlement> {
  const transaction = sent.hash
  const receipt = await receiptOf(context, transaction)
  if (!receipt) return { outcome: 'pending', transaction }
  if (receipt.status !== 'success') return { outcome: 'failed', reason: 'transaction_failed', transaction }
  return logsTransfer(receipt, sent)
    ? { outcome: 'settled', transaction }
    : { outcome: 'failed', reason: 'transfer_event_mismatch', transaction }
}

async function receiptOf(context: SettlementContext, hash: Hash): Promise<TransactionReceipt | undefined> {
  const deadlineMs = performance.now() + context.receiptTimeoutMs
  for (;;) {
    try {
      return await context.client.getTransactionReceipt({ hash })
    } catch {
      // After the broadcast, a node that does not answer leaves the outcome open, as a late receipt does.
      if (performance.now() >= deadlineMs || context.signal.aborted) return undefined
    }
    await sleep(POLL_MS)
  }
}

function logsTransfer(receipt: TransactionReceipt, { asset, transfer }: SentTransfer): boolean {
  const { from, to, value } = transfer
  const transfers = parseEventLogs({ abi: fiatToken, eventName: 'Transfer', logs: receipt.logs })
  return transfers.some(
    ({ address, args }) =>
      isAddressEqual(address, asset) &&
      isAddressEqual(args.from, from) &&
      isAddressEqual(args.to, to) &&
      args.value === value
  )
}
