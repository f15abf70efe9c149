import { type Challenge, isPermit2Offer, type Offer } from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import { namesAccount } from '../request/names-account.js'
import { hasTermsOf } from './has-terms.js'

/** So long after its last payment a price is remembered. */
const REMEMBERED_MS = 300_000
/** So long a place, or a request, that asked two prices is not paid by what it asked. */
const VARIED_MS = 3_600_000
/** How many prices and places are remembered; of more, the one that was used longest ago is forgotten. */
const MAX_REMEMBERED = 256

/** The dialects whose servers take a payment that comes without a question. */
const dialects: readonly string[] = ['x402-v2', 'x402-v1']
/** What a server may declare that is the same for every call. */
const unchanging: readonly string[] = ['bazaar', 'payment-identifier']

/** A price that was paid, or that a place asks different prices. */
type Remembered =
  | { readonly challenge: Challenge; readonly untilMs: number }
  | { readonly challenge?: undefined; readonly untilMs: number }

/** What places asked and were paid, by method, origin and path, or by the whole request. Of one bursar, in memory alone. */
export type PriceMemory = Map<string, Remembered>

/** What distinguishes a call among those to a place, and when it is made. */
export interface PlaceCall {
  readonly request: CapturedRequest
  readonly fingerprint: string
  readonly nowMs: () => number
}

/**
 * What the place of one call asked before. A place is known by method, origin and path. Once it has asked two prices, as one
 * does that prices the body or the query, it is known by the whole request. A request that has asked two is asked again.
 */
export class PlaceMemory {
  readonly #prices: PriceMemory
  readonly #nowMs: () => number
  readonly #place: string
  readonly #request: string

  constructor(prices: PriceMemory, { request, fingerprint, nowMs }: PlaceCall) {
    const { method, url } = request
    this.#prices = prices
    this.#nowMs = nowMs
    // Where an account is named, it may be charged in place of the wallet.
    const asks = namesAccount(request) ? 'account ' : ''
    this.#place = `${asks}${method} ${url.origin}${url.pathname}`
    this.#request = `request ${fingerprint}`
  }

  /** The price that was paid here lately. */
  recall(): Challenge | undefined {
    const ofPlace = this.#read(this.#place)
    return (ofPlace && !ofPlace.challenge ? this.#read(this.#request) : ofPlace)?.challenge
  }

  /** Remembers an offer that was paid here and has settled, where it may be paid again without being asked. */
  noteSettled(challenge: Challenge, offer: Offer): void {
    if (isUnchanging(challenge, offer)) this.#remember(challenge, offer)
    else this.forget()
  }

  /** Another price is asked than was remembered: by this request, or by another to its place. */
  noteVaries(): void {
    const ofPlace = this.#read(this.#place)
    const key = ofPlace && !ofPlace.challenge ? this.#request : this.#place
    this.#write(key, { untilMs: this.#nowMs() + VARIED_MS })
  }

  /** Asks the next time. */
  forget(): void {
    for (const key of [this.#place, this.#request])
      if (this.#prices.get(key)?.challenge) this.#prices.delete(key)
  }

  #remember(challenge: Challenge, offer: Offer): void {
    const price = { challenge: only(challenge, offer), untilMs: this.#nowMs() + REMEMBERED_MS }
    for (const key of [this.#place, this.#request]) {
      const known = this.#read(key)
      const [before] = known?.challenge?.offers ?? []
      if (!known || (before && hasTermsOf(before, offer))) {
        this.#write(key, price)
        return
      }
      if (known.challenge) this.#write(key, { untilMs: this.#nowMs() + VARIED_MS })
    }
  }

  #read(key: string): Remembered | undefined {
    const known = this.#prices.get(key)
    if (!known) return undefined
    this.#prices.delete(key)
    if (known.untilMs <= this.#nowMs()) return undefined
    // What is read is the newest again.
    this.#prices.set(key, known)
    return known
  }

  #write(key: string, remembered: Remembered): void {
    this.#prices.delete(key)
    this.#prices.set(key, remembered)
    if (this.#prices.size <= MAX_REMEMBERED) return
    const [oldest] = this.#prices.keys()
    if (oldest !== undefined) this.#prices.delete(oldest)
  }
}

/**
 * Whether an offer is the same for each call: an exact amount, signed for one payment, with nothing that the server makes
 * for one call or that its answer decides.
 */
function isUnchanging({ dialect, extensions = {} }: Challenge, offer: Offer): boolean {
  const { scheme, chargesFirst, extra } = offer
  return (
    scheme === 'exact' &&
    !chargesFirst &&
    !isPermit2Offer(offer) &&
    !('memo' in extra || 'recentBlockhash' in extra) &&
    dialects.includes(dialect.name) &&
    Object.keys(extensions).every((name) => unchanging.includes(name))
  )
}

/** The challenge as if this had been its only offer. By its words it is known whether the server asks again in the same. */
function only({ dialect, error, resource, extensions }: Challenge, offer: Offer): Challenge {
  return { dialect, error, resource, extensions, offers: [offer], rejectedOffers: [] }
}
