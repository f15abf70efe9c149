import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Address,
  type Hash,
  isAddressEqual,
  type PrivateKeyAccount,
  type PublicClient,
  parseEventLogs,
  type TransactionReceipt,
  type WalletClient
} from 'viem'
import type { Settlement } from '../facilitator.js'
import type { Authorization, ExactPayload } from './payload.js'
import { fiatToken } from './token.js'

/** A transfer takes about 103,000 gas, one by a contract wallet somewhat more. */
const GAS = 300_000n
const POLL_MS = 20

/** What settling needs of its surroundings. */
export interface SettlementContext {
  readonly client: PublicClient
  readonly wallet: WalletClient
  readonly relayer: PrivateKeyAccount
  /** How long a receipt is waited for. */
  readonly receiptTimeoutMs: number
  /** Ends the wait for a receipt. */
  readonly signal: AbortSignal
}

/**
 * Sends the transfer. One overload serves both kinds of payer, since the token asks the payer's code itself.
 *
 * The gas is fixed rather than estimated: an estimate that fails would leave a gap in the relayer's nonces,
 * and the settlements behind it would hang.
 */
export function broadcastTransfer(
  context: SettlementContext,
  asset: Address,
  payload: ExactPayload
): Promise<Hash> {
  const { from, to, value, validAfter, validBefore, nonce } = payload.authorization
  return context.wallet.writeContract({
    chain: null,
    account: context.relayer,
    address: asset,
    abi: fiatToken,
    functionName: 'transferWithAuthorization',
    args: [from, to, value, validAfter, validBefore, nonce, payload.signature],
    gas: GAS
  })
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
