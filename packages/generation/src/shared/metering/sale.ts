import type { AtomicUsdc, JsonObject } from '@bursar/core'

/** What a call that an account is billed for can cost, and what it did cost once it is answered. */
export interface Sale {
  /** The model's name. */
  readonly model: string
  /** The most that it can cost. */
  readonly most: AtomicUsdc
  /**
   * What it cost, by what tells a usage: the answer, or, of a stream, the events. `most` when it is absent or undefined.
   */
  readonly costOf?: (answers: readonly JsonObject[]) => AtomicUsdc | undefined
  /** The service's name for the job that was bought, where the answer has one. */
  readonly jobOf?: (answer: JsonObject) => string | undefined
}

/** A request, as prices need it: JSON, or the fields of a form, its files as their count. */
export interface PricedRequest {
  readonly method: string
  /** From the service's own path on, such as `/chat/completions`. */
  readonly path: string
  readonly body: JsonObject
  /** Of a form. */
  readonly files: number
}

/**
 * Tells what a request costs; `undefined` where it costs nothing.
 *
 * @throws {BursarError} `price/unknown`
 */
export type Tariff = (request: PricedRequest) => Sale | undefined | Promise<Sale | undefined>
