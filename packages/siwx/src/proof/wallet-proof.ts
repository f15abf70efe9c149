import { BursarError, type Clock, type NetworkId } from '@bursar/core'
import { readUrl } from './origin.js'

/** A header, ready to be sent. As secret as a password while the proof is fresh. */
export interface ProofHeader {
  readonly name: 'X-Sign-In-With-X' | 'SIGN-IN-WITH-X'
  readonly value: string
}

/** What a proof is made from. */
export interface ProofParts {
  readonly origin: string
  readonly network: NetworkId
  readonly address: string
  readonly expiresAtSeconds: number
  readonly header: ProofHeader
  readonly clock: Clock
}

/**
 * A signed wallet proof that knows the one origin it may go to. Its header can be neither enumerated,
 * inspected, logged nor serialized.
 */
export class WalletProof {
  /** Such as `https://kat.imgnai.com`. */
  readonly origin: string
  readonly network: NetworkId
  readonly address: string
  /** Unix seconds from which on it is no longer handed over. */
  readonly expiresAtSeconds: number
  readonly #header: ProofHeader
  readonly #clock: Clock

  constructor({ origin, network, address, expiresAtSeconds, header, clock }: ProofParts) {
    this.origin = origin
    this.network = network
    this.address = address
    this.expiresAtSeconds = expiresAtSeconds
    this.#header = header
    this.#clock = clock
    Object.freeze(this)
  }

  /**
   * Hands the header over for a request to the proof's own origin. Send it with `redirect: 'manual'`: what a
   * redirect leads to is for another call of this method to judge.
   *
   * @throws {BursarError} `proof/wrong-origin`, `proof/expired`
   * @throws {TypeError} when the URL is not absolute.
   */
  headerFor(url: string | URL): ProofHeader {
    assertOrigin(this.origin, url)
    if (this.#clock.nowMs() >= this.expiresAtSeconds * 1000) {
      throw new BursarError('proof/expired', {
        message: `The wallet proof for ${this.origin} is too old to be sent; make a new one. Nothing was sent.`,
        context: { origin: this.origin, expiresAtSeconds: this.expiresAtSeconds },
        moneyState: 'none'
      })
    }
    return { ...this.#header }
  }
}

/**
 * Holds a URL to the origin that a proof is for.
 *
 * @throws {BursarError} `proof/wrong-origin`
 */
export function assertOrigin(origin: string, url: string | URL): void {
  const requested = readUrl(url).origin
  if (requested === origin) return
  throw new BursarError('proof/wrong-origin', {
    message: `A wallet proof for ${origin} was asked for ${requested}, and was not handed over. Nothing was sent.`,
    context: { origin, requested },
    moneyState: 'none'
  })
}
