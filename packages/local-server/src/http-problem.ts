import type { MoneyState } from '@bursar/core'

/** What an {@link HttpProblem} is made from. */
export interface HttpProblemDetails {
  /** Of the answer. */
  readonly status: number
  readonly code: string
  readonly message: string
  readonly moneyState: MoneyState
  /** Of the answer, in addition. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Why a request is not answered, as HTTP says it. */
export class HttpProblem extends Error {
  override readonly name: string = 'HttpProblem'
  readonly status: number
  readonly code: string
  readonly moneyState: MoneyState
  readonly headers: Readonly<Record<string, string>>

  constructor({ status, code, message, moneyState, headers = {} }: HttpProblemDetails) {
    super(message)
    this.status = status
    this.code = code
    this.moneyState = moneyState
    this.headers = headers
  }
}

/**
 * The server's own reading of a request found a fault in it. It is the one kind of failure that is known to have cost
 * nothing without asking the ledger, because it comes before anything is paid.
 */
export class RequestProblem extends HttpProblem {
  override readonly name = 'RequestProblem'

  constructor(details: Omit<HttpProblemDetails, 'moneyState'>) {
    super({ ...details, moneyState: 'none' })
  }
}
