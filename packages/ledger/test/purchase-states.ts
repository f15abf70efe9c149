import type { Purchase, PurchaseEvent } from '@bursar/core'
import { applyEvent } from '../src/rules/apply-event.js'
import { openPurchase } from '../src/rules/open-purchase.js'
import { billed, fromBalance, reservation, signed } from '../src/testing/samples.js'

/** When each purchase is reserved, and when the events happen that made it what it is. Unix milliseconds. */
export const RESERVED_AT = 1_000

/** Applies events one after the other, each of which must be possible. */
export function changedBy(purchase: Purchase, ...events: readonly PurchaseEvent[]): Purchase {
  return events.reduce((before, event) => {
    const next = applyEvent(before, event, RESERVED_AT)
    if (!next) throw new TypeError(`${event.type} cannot happen to a purchase that is ${before.state}`)
    return next
  }, purchase)
}

/** A payment of five, reserved. */
const reserved: Purchase = openPurchase(reservation('1', 5n), RESERVED_AT)

const signedPayment = changedBy(reserved, signed)

/** A payment in each state, whose call is open. */
export const payments: Readonly<Record<Purchase['state'], Purchase>> = {
  reserved,
  signed: signedPayment,
  sent: changedBy(signedPayment, { type: 'sent' }),
  settled: changedBy(signedPayment, { type: 'settled' }),
  dead: changedBy(signedPayment, { type: 'dead' }),
  released: changedBy(reserved, { type: 'released' })
}

const account = openPurchase(billed('2', 5n), RESERVED_AT)
const balance = openPurchase(fromBalance('3', 5n), RESERVED_AT)

/** A call that an account is billed for in each state, and one that a balance pays for. */
export const billedCalls: readonly Purchase[] = [account, balance].flatMap((call) => [
  call,
  changedBy(call, { type: 'settled' }),
  changedBy(call, { type: 'released' })
])
