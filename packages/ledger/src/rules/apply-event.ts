import {
  type AccountPurchase,
  type AtomicUsdc,
  type BalancePurchase,
  type DeadPayment,
  type OutstandingPayment,
  type PaymentPurchase,
  type Purchase,
  type PurchaseEvent,
  type SettledPayment,
  SignedBytes,
  type UnsignedPurchase
} from '@bursar/core'
import { offerAtCharge } from './charge.js'
import { countableCharge } from './countable.js'
import { isBilled, isOutstandingPayment } from './questions.js'
import { settledTimes } from './settled-times.js'
import { type CallEvent, transitions } from './transitions.js'

/**
 * Returns the purchase after an event: the one state machine of every store. New fields are written before the spread:
 * V8 (in Node 20) gives each object that grows after a spread a shape of its own, which slows every reader.
 *
 * @returns `undefined` when the event cannot happen in that state, such as a signature for a released reservation.
 */
export function applyEvent(purchase: Purchase, event: PurchaseEvent, nowMs: number): Purchase | undefined {
  if (event.type === 'answered' || event.type === 'failed') return endCall(purchase, event.type, nowMs)
  if (event.type === 'withdrawn') return withdraw(purchase, nowMs)
  if (!allowed.has(`${purchase.kind} ${purchase.state} ${event.type}`)) return undefined
  if (isBilled(purchase)) return applyToBilled(purchase, event, nowMs)
  return purchase.kind === 'payment' ? applyToPayment(purchase, event, nowMs) : undefined
}

const allowed = new Set(transitions.map(({ kind, from, event }) => `${kind} ${from} ${event}`))

/**
 * A call ends once. The signed bytes of a settled and answered purchase are dropped: nobody needs them, and they are
 * secret.
 */
export function endCall(purchase: Purchase, call: 'answered' | 'failed', endedAtMs: number): Purchase {
  if (purchase.call !== 'open') return purchase
  if (call === 'failed') return { endedAtMs, ...purchase, call }
  if (purchase.kind !== 'payment' || purchase.state !== 'settled') return { endedAtMs, ...purchase, call }
  const { bytes, ...rest } = purchase
  return { endedAtMs, ...rest, call }
}

/** Its caller has no answer for it, and its bytes are kept only for asking the chain: they are not sent again. */
function withdraw(purchase: Purchase, endedAtMs: number): Purchase | undefined {
  if (purchase.withdrawn) return purchase
  if (purchase.call !== 'open' || !isOutstandingPayment(purchase)) return undefined
  return { withdrawn: true, ...endCall(purchase, 'failed', endedAtMs) }
}

type MoneyEvent = Exclude<PurchaseEvent, { readonly type: CallEvent }>

function applyToBilled(
  purchase: AccountPurchase | BalancePurchase,
  event: MoneyEvent,
  nowMs: number
): Purchase | undefined {
  if (event.type === 'corrected') return withCost(purchase, event.cost)
  // The first cost that is entered stays, until the service corrects it.
  if (purchase.state !== 'sent') return purchase
  if (event.type === 'released') return { ...purchase, state: 'released' }
  if (event.type !== 'settled') return undefined
  const { cost = purchase.offer.cost, tokens } = event
  const { settledAtMs, countedAtMs } = settledTimes(purchase, undefined, nowMs)
  const charged = tokens === undefined ? withCost(purchase, cost) : { tokens, ...withCost(purchase, cost) }
  return { settledAtMs, countedAtMs, ...charged, state: 'settled' }
}

function withCost<Billed extends AccountPurchase | BalancePurchase>(
  purchase: Billed,
  said: AtomicUsdc
): Billed {
  const cost = countableCharge(said, purchase.offer.cost)
  return cost === purchase.offer.cost ? purchase : { ...purchase, offer: { ...purchase.offer, cost } }
}

function applyToPayment(purchase: PaymentPurchase, event: MoneyEvent, nowMs: number): Purchase | undefined {
  switch (event.type) {
    case 'signed':
    case 'reissued':
      return sign(purchase, event)
    case 'sent':
      return isOutstandingPayment(purchase) ? { ...purchase, state: 'sent' } : undefined
    case 'settled':
      return settle(purchase, event, nowMs)
    case 'dead':
      return die(purchase, event.reference)
    case 'corrected':
      return undefined
    case 'released':
      return purchase.state === 'reserved' ? { ...purchase, state: 'released' } : purchase
    case 'discarded':
      return discard(purchase)
  }
}

function sign(
  purchase: PaymentPurchase,
  { payment, header }: Extract<PurchaseEvent, { readonly type: 'signed' | 'reissued' }>
): OutstandingPayment | undefined {
  if (purchase.state === 'settled' || purchase.state === 'dead') return undefined
  const { payer, reference, expiresAtSeconds } = payment
  const authorization = { payer, reference, expiresAtSeconds }
  const bytes = new SignedBytes(payment, header)
  if (isOutstandingPayment(purchase)) return { ...purchase, state: 'signed', authorization, bytes }
  return { authorization, bytes, ...purchase, state: 'signed' }
}

function settle(
  before: PaymentPurchase,
  event: Extract<PurchaseEvent, { readonly type: 'settled' }>,
  nowMs: number
): SettledPayment | undefined {
  const purchase = event.evidence ? { ...before, evidence: event.evidence } : before
  const offer = offerAtCharge(purchase.offer, event.amountAtomic)
  if (purchase.state === 'settled')
    return { ...purchase, offer, transaction: event.transaction ?? purchase.transaction }
  if (!isOutstandingPayment(purchase)) return undefined
  const { transaction } = event
  const { settledAtMs, countedAtMs } = settledTimes(purchase, event.settledAtMs, nowMs)
  if (purchase.call !== 'answered')
    return { settledAtMs, countedAtMs, transaction, ...purchase, offer, state: 'settled' }
  const { bytes, ...rest } = purchase
  return { settledAtMs, countedAtMs, transaction, ...rest, offer, state: 'settled' }
}

/** The public name of the signature goes with its bytes: there is nothing that the chain could be asked about. */
function discard(purchase: PaymentPurchase): UnsignedPurchase | undefined {
  if (purchase.state === 'released') return purchase
  if (purchase.state === 'reserved') return { ...purchase, state: 'released' }
  if (!isOutstandingPayment(purchase)) return undefined
  const { bytes, authorization, ...rest } = purchase
  return { ...rest, state: 'released' }
}

/** Ignores the death of an authorization that was replaced: its purchase lives on. */
function die(purchase: PaymentPurchase, reference: string | undefined): DeadPayment | undefined {
  if (purchase.state === 'dead')
    return reference === undefined || reference === purchase.authorization.reference ? purchase : undefined
  if (!isOutstandingPayment(purchase)) return undefined
  if (reference !== undefined && reference !== purchase.authorization.reference) return undefined
  const { bytes, ...rest } = purchase
  return { ...rest, state: 'dead' }
}
