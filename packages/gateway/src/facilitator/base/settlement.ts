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

/** What settling needs of its surroundings. */
export interface SettlementContext {
  readonly client: PublicClient
  readonly relayer: Relayer
  /** How long a receipt is waited for. */
  readonly receiptTimeoutMs: number
  /** Ends the wait for a receipt. */
  readonly signal: AbortSignal
}

/**
 * Sends the transfer. One overload serves both kinds of payer, since the token asks the payer's code itself.
 */
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

/** Waits for the transaction and holds its log against the authorization. */
export async function awaitTransfer(
  context: SettlementContext,
  asset: Address,
  transaction: Hash,
  authorization: Authorization
): Promise<Settlement> {
  const receipt = await receiptOf(context, transaction)
  if (!receipt) return { outcome: 'pending', transaction }
  if (receipt.status !== 'success') return { outcome: 'failed', reason: 'transaction_failed', transaction }
  if (!logsTransfer(receipt, asset, authorization)) {
    return { outcome: 'failed', reason: 'transfer_event_mismatch', transaction }
  }
  return { outcome: 'settled', transaction }
}

async function receiptOf(context: SettlementContext, hash: Hash): Promise<TransactionReceipt | undefined> {
  const deadlineMs = performance.now() + context.receiptTimeoutMs
  for (;;) {
    try {
      return await context.client.getTransactionReceipt({ hash })
    } catch {
      // Once broadcast, a node that cannot be asked leaves the outcome open, like a receipt that is late.
      if (performance.now() >= deadlineMs || context.signal.aborted) return undefined
    }
    await sleep(POLL_MS)
  }
}

function logsTransfer(
  receipt: TransactionReceipt,
  asset: Address,
  { from, to, value }: Authorization
): boolean {
  const transfers = parseEventLogs({ abi: fiatToken, eventName: 'Transfer', logs: receipt.logs })
  return transfers.some(
    ({ address, args }) =>
      isAddressEqual(address, asset) &&
      isAddressEqual(args.from, from) &&
      isAddressEqual(args.to, to) &&
      args.value === value
  )
}
