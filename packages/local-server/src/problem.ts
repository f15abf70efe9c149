import { type BursarError, isBursarError, type MoneyState } from '@bursar/core'

/** Why a request is not answered, in HTTP's terms. */
export class ProxyProblem extends Error {
  override readonly name = 'ProxyProblem'
  readonly status: number
  readonly code: string
  readonly moneyState: MoneyState

  constructor(status: number, code: string, message: string, moneyState: MoneyState = 'none') {
    super(message)
    this.status = status
    this.code = code
    this.moneyState = moneyState
  }
}

/** What a failure comes to. Every message says what happened to the money. */
export function problemOf(error: unknown): ProxyProblem {
  if (error instanceof ProxyProblem) return error
  if (isBursarError(error))
    return new ProxyProblem(statusOf(error), error.code, error.message, error.moneyState)
  if (error instanceof TypeError && error.cause === undefined)
    return new ProxyProblem(400, 'invalid_request', error.message)
  // Of what is not known nobody can say that it cost nothing.
  return new ProxyProblem(502, 'service_unreachable', 'The service could not be reached', 'unknown')
}

function statusOf(error: BursarError): number {
  const { code } = error
  // Clients do not repeat these: the same again would be refused again.
  if (/^(?:offer|price|ledger\/frozen|purchase)\b/.test(code)) return 402
  if (code === 'request/invalid') return 400
  if (code === 'request/host-refused') return 403
  if (code.startsWith('ledger/')) return 503
  if (isBursarError(error, 'service/refused')) return refusedStatus(error.context.status)
  return 502
}

/** A service that does not know us is no matter of the client's token. */
function refusedStatus(status: number | undefined): number {
  return status === undefined || status === 401 || status === 403 || status >= 500 ? 502 : status
}

/** Whether the same again costs nothing more: nothing was paid, or the ledger takes up what was signed. */
export function isFreeToRepeat({ moneyState, code }: ProxyProblem): boolean {
  return moneyState === 'none' || code.startsWith('payment/')
}
