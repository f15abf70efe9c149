import type { Purchase } from '@bursar/core'
import { fateOf } from './ask-chain.js'
import type { Call, Desk } from './desk.js'
import { aborted } from './send-paid.js'

/** About a slot of Solana's. */
const PROOF_POLL_MS = 500

/** Signs anew within a purchase whose payment is proven dead. */
export type Remake = (dead: Purchase) => Promise<Purchase>

/**
 * Makes a Solana payment anew that the server found too late for its blockhash, once the chain proves that it never
 * landed and never can. That takes until the blocks that could have held it are final, so the proof is waited for,
 * as long as `timeouts.replacementMs` allows. Anything else is left as it is.
 *
 * @throws {BursarError} `payment/aborted`, and whatever making it anew throws
 */
export async function remakeStale(
  desk: Desk,
  { request: { signal } }: Call,
  purchase: Purchase,
  reason: string | undefined,
  remake: Remake
): Promise<Purchase | undefined> {
  if (!/blockhash.?not.?found/i.test(reason ?? '')) return undefined
  const deadlineMs = desk.clock.nowMs() + desk.settings.replacementMs
  for (;;) {
    const known = await fateOf(desk, purchase)
    if (known?.fate === 'dead') return remake(purchase)
    if (known?.fate === 'settled' || desk.clock.nowMs() >= deadlineMs) return undefined
    await desk.clock.sleep(PROOF_POLL_MS, signal).catch((error: unknown) => {
      throw signal?.aborted ? aborted(purchase, signal) : error
    })
  }
}
