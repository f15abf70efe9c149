import { brand } from './brand.js'
import type { ErrorCode, ErrorContexts } from './error-codes.js'
import { reduceCause } from './reduce-cause.js'

/**
 * Where the money of a call was when it failed.
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
  /** Kept when it is a `BursarError` or wraps one, else reduced to name, code and status. */
  readonly cause?: unknown
}

/** Node's symbol for a custom `util.inspect`. */
const inspectCustom = Symbol.for('nodejs.util.inspect.custom')

type Inspect = (value: unknown, options: object) => string

/**
 * The one error class of Bursar. It may be logged as it is: it holds no key, signature, payment header or proof.
 *
 * @example
 * ```ts
 * try {
 *   await bursar.fetch(url)
 * } catch (error) {
 *   const failure = bursarErrorOf(error)
 *   if (failure) console.log(failure.code, failure.moneyState, failure.docs)
 * }
 * ```
 */
export class BursarError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code
  readonly context: Readonly<ErrorContexts[Code]>
  readonly moneyState: MoneyState
  /** The file of the package `bursar` that explains this code, and the place in it. */
  readonly docs: string

  constructor(code: Code, details: BursarErrorDetails<Code>) {
    super(details.message, details.cause === undefined ? undefined : { cause: reduceCause(details.cause) })
    this.name = code === 'payment/aborted' ? 'AbortError' : 'BursarError'
    this.code = code
    this.context = Object.freeze<ErrorContexts[Code]>({ ...details.context })
    this.moneyState = details.moneyState
    this.docs = `bursar/docs/errors.md#${code.replace('/', '-')}`
    Object.defineProperty(this, brand, { value: true })
  }

  /** Includes the message in JSON, which `JSON.stringify` omits for other errors. */
  toJSON(): object {
    const { name, code, message, moneyState, context, docs, cause } = this
    return { name, code, message, moneyState, context, docs, ...(cause === undefined ? {} : { cause }) }
  }

  /** Prints the whole context, however deep it is nested. */
  [inspectCustom](_depth: number, options: object, inspect: Inspect): string {
    return inspect(this, { ...options, depth: 6, customInspect: false })
  }
}
