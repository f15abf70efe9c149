import type { IncomingMessage } from 'node:http'
import { CallLimit } from '@bursar/local-server'

/** More than the first request of a coding agent has. */
const SMALL_BYTES = 256 * 1024
const MAX_LARGE = 16

/** Counts bodies that are read, by their heads: few large ones, and as many small ones as there may be calls. */
export class BodyLimit {
  readonly #small: CallLimit
  readonly #large: CallLimit

  constructor(max: number) {
    this.#small = new CallLimit(max)
    this.#large = new CallLimit(Math.min(max, MAX_LARGE))
  }

  /** @returns ends it. @throws {RequestProblem} 429 */
  enter({ headers }: IncomingMessage): () => void {
    const length = Number(headers['content-length'] ?? Number.NaN)
    // What an encoding unfolds to is not known.
    const isSmall = length <= SMALL_BYTES && headers['content-encoding'] === undefined
    return (isSmall ? this.#small : this.#large).enter()
  }
}
