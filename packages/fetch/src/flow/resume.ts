import { BursarError, formatUsdc, nameTakenError, type Purchase } from '@bursar/core'
import { askChain, type Known } from './ask-chain.js'
import type { Call, Desk } from './desk.js'
import { announce, fail, follow } from './move.js'
import { paymentError } from './payment-error.js'

/**
 * Takes up the purchase of an equal call that ended with its payment unresolved, so that a caller that
 * tries again does not pay again. One that the chain proves dead is left behind.
 */
export async function takeUp(
  desk: Desk,
  { request, options }: Call,
  fingerprint: string
): Promise<Purchase | undefined> {
  await endUnended(desk)
  const { purchase: name } = options
  if (name !== undefined) {
    const { refuseNamed } = await import('./named.js')
    await refuseNamed(desk, name, fingerprint, { BursarError, formatUsdc, nameTakenError })
  } else if (options.again) return undefined
  const nowMs = desk.clock.nowMs()
  const endedAfterMs = nowMs - desk.settings.resumeWindowMs
  for (;;) {
    const claimed = await desk.ledger.resume({ fingerprint, endedAfterMs, name })
    if (!claimed) return undefined
    const expired = (claimed.payment?.expiresAtSeconds ?? 0) * 1000 < nowMs
    const { purchase, moneyState } = expired
      ? await askAboutClaimed(desk, claimed)
      : { purchase: claimed, moneyState: 'sent' as const }
    const leadsHere = purchase.origin === request.url.origin && purchase.path === request.url.pathname
    if (moneyState !== 'none' && leadsHere) {
      announce(desk, 'resumed', purchase)
      return purchase
    }
    await follow(desk, purchase, { type: 'failed' })
    if (moneyState !== 'none') {
      const what = 'The server led this call elsewhere before'
      throw paymentError('payment/redirected', purchase, { moneyState, what })
    }
  }
}

/** What the ledger still has as open, no equal call would find. */
async function endUnended(desk: Desk): Promise<void> {
  for (const id of desk.unended) {
    await fail(desk, id).catch((error: unknown) => {
      if (desk.unended.has(id)) throw error
    })
  }
}

/** A claimed purchase must not stay claimed when asking fails, or the next equal call would pay anew. */
async function askAboutClaimed(desk: Desk, claimed: Purchase): Promise<Known> {
  try {
    return await askChain(desk, claimed)
  } catch (error) {
    await follow(desk, claimed, { type: 'failed' })
    throw error
  }
}
