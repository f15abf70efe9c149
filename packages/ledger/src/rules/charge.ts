import { type AtomicUsdc, atomicUsdc, type PaymentOffer, type Purchase } from '@bursar/core'

/**
 * The offer of a payment at what the server took, where it may say so itself (the scheme `upto`): what it did not take is
 * given back to the budgets. The first amount that is known stays. One that was not signed for is no amount.
 *
 * @param takenAtomic in the asset's smallest unit; `undefined` where it is not known, so that the most counts.
 */
export function offerAtCharge(offer: PaymentOffer, takenAtomic: bigint | undefined): PaymentOffer {
  const { upto } = offer
  if (!upto || upto.isTaken || takenAtomic === undefined) return offer
  if (takenAtomic <= 0n || takenAtomic > upto.amountAtomic) return offer
  const cost = costOfShare(upto.cost, takenAtomic, upto.amountAtomic)
  return { ...offer, amountAtomic: takenAtomic, cost, upto: { ...upto, isTaken: true } }
}

/** What a share of an amount costs, rounded up. */
function costOfShare(cost: AtomicUsdc, share: bigint, whole: bigint): AtomicUsdc {
  return atomicUsdc((cost * share + whole - 1n) / whole)
}

/** The price of a purchase, for comparison with the next one: what was signed for, whatever was taken of it. */
export function priceOf({ offer }: Purchase): AtomicUsdc {
  return offer.upto?.cost ?? offer.cost
}
