import type { ErrorCode, ErrorContexts } from './error-codes.js'
import { reduceCause } from './reduce-cause.js'

/**
 * Where the money of the call stood when it failed.
 *
 * - `none`: nothing is or will be taken.
 * - `reserved`: held in the budget, nothing signed.
 * - `signed`: an authorization exists and was not sent.
 * - `sent`: an authorization is out and can still settle; it counts against the limits.
 * - `settled`: the payment is final on the chain.
 * - `unknown`: an authorization is out, and neither the server nor the chain could be asked.
 */
export type MoneyState = 'none' | 'reserved' | 'signed' | 'sent' | 'settled' | 'unknown'

/** What a {@link BursarError} is made from. */
export interface BursarErrorDetails<Code extends ErrorCode> {
  /** One or two sentences: what, the value, the fix. Never a secret. */
  readonly message: string
  readonly context: ErrorContexts[Code]
  readonly moneyState: MoneyState
  /** Kept when it is a `BursarError`, else reduced to name, code and status. */
  readonly cause?: unknown
}

/** Found by two copies of this package in one process, which `instanceof` is not. */
const brand = Symbol.for('bursar.error')

/**
 * The one error class of Bursar.
 *
 * @example
 * ```ts
 * try {
 *   await bursar.fetch(url)
 * } catch (error) {
 *   if (isBursarError(error, 'offer/over-limit')) console.log(error.context.limit, error.moneyState)
 * }
 * ```
 */
export class BursarError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code
  readonly context: Readonly<ErrorContexts[Code]>
  readonly moneyState: MoneyState
  /** Where the documentation explains this code. */
  readonly docs: string

  constructor(code: Code, details: BursarErrorDetails<Code>) {
    super(details.message, details.cause === undefined ? undefined : { cause: reduceCause(details.cause) })
    this.name = code === 'payment/aborted' ? 'AbortError' : 'BursarError'
    this.code = code
    this.context = Object.freeze<ErrorContexts[Code]>({ ...details.context })
    this.moneyState = details.moneyState
    this.docs = `docs/errors.md#${code.replace('/', '')}`
    Object.defineProperty(this, brand, { value: true })
  }
}

/**
 * Tells whether a thrown value is a {@link BursarError}, and, given a code, that one.
 * Works across copies and versions of the package.
 */
export function isBursarError<Code extends ErrorCode>(error: unknown, code: Code): error is BursarError<Code>
export function isBursarError(error: unknown): error is BursarError
export function isBursarError(error: unknown, code?: ErrorCode): boolean {
  if (typeof error !== 'object' || error === null || !(brand in error)) return false
  return code === undefined || ('code' in error && error.code === code)
}
