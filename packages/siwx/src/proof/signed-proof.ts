import { BursarError, type Clock, type NetworkId, type ProofHeader, type WalletProof } from '@bursar/core'
import { readUrl } from './origin.js'

/** What a proof is made from. */
export interface ProofParts {
  readonly origin: string
  readonly network: NetworkId
  readonly address: string
  readonly expiresAtSeconds: number
  readonly header: ProofHeader
  readonly clock: Clock
}

/** A proof whose header can be neither enumerated, inspected, logged nor serialized. */
export class SignedProof implements WalletProof {
  readonly origin: string
  readonly network: NetworkId
  readonly address: string
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

  headerFor(url: string | URL): ProofHeader {
    assertOrigin(this.origin, url)
    if (this.#clock.nowMs() < this.expiresAtSeconds * 1000) return { ...this.#header }
    throw new BursarError('proof/expired', {
      message: `The wallet proof for ${this.origin} is too old to be sent; make a new one. Nothing was sent.`,
      context: { origin: this.origin, expiresAtSeconds: this.expiresAtSeconds },
      moneyState: 'none'
    })
  }
}

/**
 * Throws unless a URL is of the origin that a proof is for.
 *
 * @throws {BursarError} `proof/wrong-origin`
 * @throws {TypeError} when the URL is not absolute.
 */
export function assertOrigin(origin: string, url: string | URL): void {
  const requested = readUrl(url).origin
  if (requested === origin) return
  throw new BursarError('proof/wrong-origin', {
    message: `A wallet proof for ${origin} was requested for ${requested}, and was not handed over. Nothing was sent.`,
    context: { origin, requested },
    moneyState: 'none'
  })
}
