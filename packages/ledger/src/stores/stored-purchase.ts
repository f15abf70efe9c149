import {
  atomicUsdc,
  bytesOf,
  type PaymentHeader,
  type Purchase,
  type PurchaseOffer,
  SignedBytes,
  type SignedPayment
} from '@bursar/core'

/** A purchase as a store keeps it: its facts, and apart from them the signed bytes for as long as they are needed. */
export interface StoredPurchase {
  /** JSON. Amounts are digits in text. */
  readonly facts: string
  /** JSON of payment and header. Secret. */
  readonly secrets: string | null
}

/** The request never changes while its purchase does, so it is encoded once per offer object. */
const encodedRequests = new WeakMap<PurchaseOffer, { readonly id: string; readonly json: string }>()

type Amounts = Pick<PurchaseOffer, 'amountAtomic' | 'cost'>

/** Encodes a purchase without its signed bytes. */
export function encodeFacts(purchase: Purchase): StoredPurchase['facts'] {
  // `SignedBytes` leaves itself out of JSON.
  return `${encodeRequest(purchase)},${JSON.stringify(progressOf(purchase)).slice(1)}`
}

/** All but the request, since JSON omits what is undefined. V8 overwrites fields of a copy faster than it leaves them out. */
function progressOf(purchase: Purchase): object {
  return {
    ...purchase,
    id: undefined,
    name: undefined,
    kind: undefined,
    fingerprint: undefined,
    method: undefined,
    origin: undefined,
    requestedOrigin: undefined,
    path: undefined,
    requestedPath: undefined,
    offer: undefined,
    labels: undefined
  }
}

/** Without the bracket at the end. */
function encodeRequest(purchase: Purchase): string {
  const { id, name, kind, fingerprint, method, origin, requestedOrigin, path, requestedPath, offer, labels } =
    purchase
  const known = encodedRequests.get(offer)
  if (known?.id === id) return known.json
  const amounts = {
    ...encodeAmounts(offer),
    upto: offer.upto && { ...offer.upto, ...encodeAmounts(offer.upto) }
  }
  const request = {
    id,
    name,
    kind,
    fingerprint,
    method,
    origin,
    requestedOrigin,
    path,
    requestedPath,
    labels
  }
  const json = JSON.stringify({ ...request, offer: { ...offer, ...amounts } }).slice(0, -1)
  encodedRequests.set(offer, { id, json })
  return json
}

/** Encodes the signed bytes, if the purchase still has them. */
export function encodeSecrets(purchase: Purchase): StoredPurchase['secrets'] {
  const bytes = bytesOf(purchase)
  return bytes === undefined
    ? null
    : JSON.stringify({ payment: encodePayment(bytes.payment), header: bytes.header })
}

/** Reads a purchase that {@link encodeFacts} and {@link encodeSecrets} made. */
export function decodePurchase({ facts, secrets }: StoredPurchase): Purchase {
  const { offer, ...rest } = JSON.parse(facts) as Encoded
  const { upto } = offer
  const most = upto && { upto: { ...upto, ...decodeAmounts(upto) } }
  const purchase = { offer: { ...offer, ...decodeAmounts(offer), ...most }, ...rest }
  return (secrets === null ? purchase : { bytes: decodeSecrets(secrets), ...purchase }) as Purchase
}

/** JSON has no integers of this size. */
interface EncodedAmounts {
  readonly amountAtomic: string
  readonly cost: string
}

interface Encoded {
  readonly offer: EncodedAmounts & { readonly upto?: EncodedAmounts }
}

function encodeAmounts({ amountAtomic, cost }: Amounts): EncodedAmounts {
  return { amountAtomic: String(amountAtomic), cost: String(cost) }
}

function decodeAmounts({ amountAtomic, cost }: EncodedAmounts): Amounts {
  return { amountAtomic: BigInt(amountAtomic), cost: atomicUsdc(BigInt(cost)) }
}

type EncodedPayment = Omit<SignedPayment, 'amountAtomic' | 'expiry'> & {
  readonly amountAtomic: string
  readonly expiry: string
}

function encodePayment(payment: SignedPayment): EncodedPayment {
  const { amountAtomic, expiry } = payment
  return { ...payment, amountAtomic: String(amountAtomic), expiry: String(expiry) }
}

function decodeSecrets(secrets: string): SignedBytes {
  const { payment, header } = JSON.parse(secrets) as { payment: EncodedPayment; header: PaymentHeader }
  const { amountAtomic, expiry } = payment
  return new SignedBytes({ ...payment, amountAtomic: BigInt(amountAtomic), expiry: BigInt(expiry) }, header)
}
