import {
  atomicUsdc,
  type PaymentHeader,
  type Purchase,
  type PurchaseOffer,
  type SignedPayment
} from '@bursar/core'

/** What a store keeps of a purchase: its facts, and apart from them the bytes that pay, until nobody needs them. */
export interface StoredPurchase {
  /** JSON. Amounts are digits in text. */
  readonly facts: string
  /** JSON of payment and header. Secret. */
  readonly secrets: string | null
}

/** What was asked for, which stays as it is while its purchase moves: by offer, as long as that is its own. */
const encodedAsked = new WeakMap<PurchaseOffer, { readonly id: string; readonly json: string }>()

/** What is stored of a purchase, but for the bytes that pay. */
export function encodeFacts({ payment, header, ...purchase }: Purchase): StoredPurchase['facts'] {
  const { id, name, fingerprint, method, origin, path, offer, labels, ...progress } = purchase
  let asked = encodedAsked.get(offer)
  if (asked?.id !== id) {
    const amounts = { amountAtomic: String(offer.amountAtomic), cost: String(offer.cost) }
    const facts = { id, name, fingerprint, method, origin, path, offer: { ...offer, ...amounts }, labels }
    asked = { id, json: JSON.stringify(facts).slice(0, -1) }
    encodedAsked.set(offer, asked)
  }
  return `${asked.json},${JSON.stringify(progress).slice(1)}`
}

/** The bytes that pay, as long as anybody may need them. */
export function encodeSecrets({ payment, header }: Purchase): StoredPurchase['secrets'] {
  return payment === undefined ? null : JSON.stringify({ payment: encodePayment(payment), header })
}

/** Reads a purchase that {@link encodeFacts} and {@link encodeSecrets} made. */
export function decodePurchase({ facts, secrets }: StoredPurchase): Purchase {
  const purchase = JSON.parse(facts) as Encoded<Purchase>
  const { payment, header } = secrets === null ? {} : (JSON.parse(secrets) as EncodedSecrets)
  const { offer } = purchase
  return {
    ...purchase,
    offer: { ...offer, amountAtomic: BigInt(offer.amountAtomic), cost: atomicUsdc(BigInt(offer.cost)) },
    payment: payment && decodePayment(payment),
    header
  }
}

/** JSON has no integers of this size. */
type Encoded<Value> = Omit<Value, 'offer' | 'payment' | 'header'> & {
  readonly offer: Omit<Purchase['offer'], 'amountAtomic' | 'cost'> & {
    readonly amountAtomic: string
    readonly cost: string
  }
}

type EncodedPayment = Omit<SignedPayment, 'amountAtomic' | 'expiry'> & {
  readonly amountAtomic: string
  readonly expiry: string
}

interface EncodedSecrets {
  readonly payment?: EncodedPayment
  readonly header?: PaymentHeader
}

function encodePayment(payment: SignedPayment): EncodedPayment {
  const { amountAtomic, expiry } = payment
  return { ...payment, amountAtomic: String(amountAtomic), expiry: String(expiry) }
}

function decodePayment(payment: EncodedPayment): SignedPayment {
  const { amountAtomic, expiry } = payment
  return { ...payment, amountAtomic: BigInt(amountAtomic), expiry: BigInt(expiry) }
}
