import type { Purchase, Reservation, ResumablePayment } from '@bursar/core'

/** Opens a purchase. What an account or a balance is charged for has nothing to sign, so that it opens as `sent`. */
export function openPurchase({ guards, ...facts }: Reservation, nowMs: number): Purchase {
  const opened = { call: 'open', reservedAtMs: nowMs } as const
  return facts.kind === 'payment'
    ? Object.assign(facts, opened, { state: 'reserved' } as const)
    : Object.assign(facts, opened, { state: 'sent' } as const)
}

/** Opens the call of a purchase again, for an equal one. */
export function reopenPurchase(purchase: ResumablePayment): ResumablePayment {
  if (purchase.call === 'open') return purchase
  const { endedAtMs, ...rest } = purchase
  return { resumed: true, ...rest, call: 'open' }
}
