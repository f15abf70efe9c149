import {
  type ApiStatuses,
  type BursarError,
  bursarErrorOf,
  httpStatusOf,
  isFreeToRepeat,
  type MoneyState,
  messagesStatuses,
  responsesStatuses,
  toldStatus
} from '@bursar/core'

/** SDKs of OpenAI and Anthropic ask again by themselves unless an answer says this. Others look at the status alone. */
const noRetry = { 'x-should-retry': 'false' } as const

/**
 * Makes a failure an answer that an SDK hands on as an error of its own, with the status by which the proxy tells it: what an SDK
 * repeats by itself could be paid a second time. What the caller aborted stays an abort.
 *
 * @param url decides by which API it is told.
 */
export async function answerToSdk(url: string, call: () => Promise<Response>): Promise<Response> {
  const statuses = statusesOf(new URL(url).pathname)
  try {
    return withoutRetry(await call(), statuses)
  } catch (error) {
    const ours = bursarErrorOf(error)
    if (ours) return answerOf(ours, statuses)
    throw error
  }
}

function statusesOf(path: string): ApiStatuses {
  if (path.endsWith('/messages')) return messagesStatuses
  return path.endsWith('/responses') ? responsesStatuses : {}
}

/** A service that failed may have charged the call all the same. */
function withoutRetry(response: Response, statuses: ApiStatuses): Response {
  const { status, statusText, body, url } = response
  if (status < 500 || status === 503) return response
  const failure = { status, code: 'service_refused', moneyState: 'unknown' } as const
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries({ ...noRetry, 'x-bursar-money': failure.moneyState }))
    headers.set(name, value)
  headers.set('x-service-status', String(status))
  const answer = new Response(body, { status: toldStatus(failure, statuses), statusText, headers })
  return Object.defineProperty(answer, 'url', { value: url })
}

/** As the APIs of OpenAI and of Anthropic write errors. */
function answerOf(ours: BursarError, statuses: ApiStatuses): Response {
  const { code, message, moneyState, context } = ours
  const status = toldStatus({ status: httpStatusOf(ours), code, moneyState }, statuses)
  const error = { type: 'bursar_error', code, message, money_state: moneyState, context }
  const text = JSON.stringify({ type: 'error', error }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value
  )
  return new Response(text, { status, headers: headersOf({ code, moneyState }) })
}

function headersOf(failure: { readonly code: string; readonly moneyState: MoneyState }) {
  const retry = isFreeToRepeat(failure) ? {} : noRetry
  return { 'content-type': 'application/json', 'x-bursar-money': failure.moneyState, ...retry }
}
