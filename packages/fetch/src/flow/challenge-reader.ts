import type { Challenge, RateOptions, Registry, RegistryOptions } from '@bursar/core'
import { loadWire } from './load-wire.js'

/** How many challenges are remembered, and up to which size. Most have a kilobyte or less. */
const MAX_KNOWN = 64
const MAX_KNOWN_CHARS = 16 * 1024

/** Reads challenges. A server that asks in the words of the call before is understood without reading them again. */
export class ChallengeReader {
  readonly #options: RegistryOptions & RateOptions
  #registry: Registry | undefined
  readonly #known = new Map<string, Challenge>()

  constructor(options: RegistryOptions & RateOptions = {}) {
    this.#options = options
  }

  /** The challenge of these words, where it was read before. */
  known(text: string): Challenge | undefined {
    return this.#known.get(text)
  }

  /** @throws {BursarError} `header/malformed`, `header/too-large`, `challenge/malformed` */
  async readHeader(text: string): Promise<Challenge> {
    const known = this.known(text)
    if (known) return known
    const wire = await loadWire()
    const challenge = wire.parseChallengeHeader(text, this.#registryOf(wire))
    if (text.length <= MAX_KNOWN_CHARS) this.#remember(text, challenge)
    return challenge
  }

  /** @throws {BursarError} `header/malformed`, `challenge/malformed` */
  async readBody(text: string): Promise<Challenge> {
    const wire = await loadWire()
    return wire.parseChallengeBody(text, this.#registryOf(wire))
  }

  /** The table of networks comes with the parsers. */
  #registryOf({ createRegistry }: Awaited<ReturnType<typeof loadWire>>): Registry {
    const { known, rates } = this.#options
    this.#registry ??= createRegistry(known, rates)
    return this.#registry
  }

  #remember(text: string, challenge: Challenge): void {
    const [oldest] = this.#known.keys()
    if (this.#known.size >= MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest)
    this.#known.set(text, challenge)
  }
}
