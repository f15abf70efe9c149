import {
  type ApiStatuses,
  type BursarError,
  bursarErrorOf,
  httpStatusOf,
  messagesStatuses,
  type ReportedFailure,
  reportedStatus,
  responsesStatuses,
  retryAfterOf,
  retryHeaders
} from '@bursar/core'

/**
 * Makes a failure an answer that an SDK hands on as an error of its own, with the status and the headers of the proxy: what an SDK
 * repeats by itself could be paid a second time. What the caller aborted stays an abort.
 *
 * @param url decides by which API it is reported.
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

/** A service that failed may have charged the call all the same. What says of the money itself is an answer of ours. */
function withoutRetry(response: Response, statuses: ApiStatuses): Response {
  const { status, statusText, body, url } = response
  if (status < 500 || status === 503 || response.headers.has('x-bursar-money')) return response
  const failure = { status, code: 'service_refused', moneyState: 'unknown' } as const
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(headersOf(failure))) headers.set(name, value)
  headers.set('x-service-status', String(status))
  const answer = new Response(body, { status: reportedStatus(failure, statuses), statusText, headers })
  return Object.defineProperty(answer, 'url', { value: url })
}

/** As the APIs of OpenAI and of Anthropic write errors. */
function answerOf(ours: BursarError, statuses: ApiStatuses): Response {
  const { code, message, moneyState, context } = ours
  const failure = { status: httpStatusOf(ours), code, moneyState }
  const error = { type: 'bursar_error', code, message, money_state: moneyState, context }
  const text = JSON.stringify({ type: 'error', error }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value
  )
  const headers = { 'content-type': 'application/json', ...headersOf(failure), ...retryAfterOf(ours) }
  return new Response(text, { status: reportedStatus(failure, statuses), headers })
}

function headersOf(failure: ReportedFailure): Readonly<Record<string, string>> {
  return { 'x-bursar-money': failure.moneyState, ...retryHeaders(failure) }
}
