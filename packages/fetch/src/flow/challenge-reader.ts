import type { Challenge, Registry } from '@bursar/core'
import { loadWire } from './load-wire.js'

/** How many challenges are remembered, and up to which size. Most have a kilobyte or less. */
const MAX_KNOWN = 64
const MAX_KNOWN_CHARS = 16 * 1024

/** Reads challenges. A server that asks in the words of the call before is understood without reading them again. */
export class ChallengeReader {
  readonly #registry: Registry
  readonly #known = new Map<string, Challenge>()

  constructor(registry: Registry) {
    this.#registry = registry
  }

  /** @throws {BursarError} `header/malformed`, `header/too-large`, `challenge/malformed` */
  async readHeader(text: string): Promise<Challenge> {
    const known = this.#known.get(text)
    if (known) return known
    const { parseChallengeHeader } = await loadWire()
    const challenge = parseChallengeHeader(text, this.#registry)
    if (text.length <= MAX_KNOWN_CHARS) this.#remember(text, challenge)
    return challenge
  }

  /** @throws {BursarError} `header/malformed`, `challenge/malformed` */
  async readBody(text: string): Promise<Challenge> {
    return (await loadWire()).parseChallengeBody(text, this.#registry)
  }

  #remember(text: string, challenge: Challenge): void {
    const [oldest] = this.#known.keys()
    if (this.#known.size >= MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest)
    this.#known.set(text, challenge)
  }
}
