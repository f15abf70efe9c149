import type { Purchase, SettlementStatus } from '@bursar/core'
import type { Desk } from './desk.js'
import type { ReadyPayment } from './ready-payment.js'

/** About a slot of Solana's. */
const PROOF_POLL_MS = 500

/** A refused payment, and what is needed to make it anew: handed in, so that this file has no share in what is always loaded. */
export interface Remaking {
  readonly purchase: Purchase
  readonly signal: AbortSignal | undefined
  /** What the chain says of the refused payment; nothing when it cannot be asked. */
  prove(): Promise<SettlementStatus | undefined>
  /** Readies another in its place. */
  ready(): Promise<ReadyPayment>
  aborted(purchase: Purchase, signal: AbortSignal): Error
  unwritten(cause: unknown): Error
}

/**
 * Makes a Solana payment anew that the server found too late for its blockhash, once the chain proves that it never
 * landed and never can. That takes until the blocks that could have held it are final, so the proof is waited for,
 * as long as `timeouts.replacementMs` allows. Nothing when the chain proves no such thing.
 *
 * The purchase keeps its offer, its amount and its place in the budgets.
 *
 * @throws {BursarError} `payment/aborted`, `signer/failed`, `rpc/unavailable`, `ledger/unavailable`
 */
export async function remakeStale(desk: Desk, remaking: Remaking): Promise<Purchase | undefined> {
  const { purchase, signal } = remaking
  const deadlineMs = desk.clock.nowMs() + desk.settings.replacementMs
  for (;;) {
    const known = await remaking.prove()
    if (known?.status === 'dead') return replace(desk, remaking)
    if (known?.status === 'settled' || desk.clock.nowMs() >= deadlineMs) return undefined
    await desk.clock.sleep(PROOF_POLL_MS, signal).catch((error: unknown) => {
      throw signal?.aborted ? remaking.aborted(purchase, signal) : error
    })
  }
}

async function replace(desk: Desk, { purchase, ready, unwritten }: Remaking): Promise<Purchase> {
  const { prepared, toEvent } = await ready()
  const payment = await prepared.sign()
  try {
    return await desk.ledger.recordEvent(purchase.id, { ...toEvent(payment), type: 'replaced' })
  } catch (error) {
    throw unwritten(error)
  }
}
