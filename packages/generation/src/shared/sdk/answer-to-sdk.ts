import { type BursarError, bursarErrorOf } from '@bursar/core'

/** SDKs of OpenAI and Anthropic ask again by themselves unless an answer says this. Others look at the status alone. */
const noRetry = { 'x-should-retry': 'false' } as const

/** For what is malformed. */
const BAD_REQUEST = 400
/** For what was rejected and cost nothing: SDKs do not ask again for it. */
const PAYMENT_REQUIRED = 402
/** For what failed and may have cost something: SDKs do not ask again for it either. */
const FAILED_DEPENDENCY = 424

/**
 * Makes a failure an answer that an SDK hands on as an error of its own and does not repeat by itself: what an SDK repeats
 * could be paid a second time. What the caller aborted stays an abort.
 */
export async function answerToSdk(call: () => Promise<Response>): Promise<Response> {
  try {
    return withoutRetry(await call())
  } catch (error) {
    const ours = bursarErrorOf(error)
    if (ours) return answerOf(ours)
    throw error
  }
}

/** A service that failed may have charged the call all the same. */
function withoutRetry(response: Response): Response {
  const { status, statusText, body, url } = response
  if (status < 500 || status === 503) return response
  const headers = new Headers(response.headers)
  headers.set('x-should-retry', 'false')
  headers.set('x-service-status', String(status))
  const answer = new Response(body, { status: FAILED_DEPENDENCY, statusText, headers })
  return Object.defineProperty(answer, 'url', { value: url })
}

/** As the APIs of OpenAI and of Anthropic write errors. */
function answerOf({ code, message, moneyState, context }: BursarError): Response {
  const free = code === 'request/invalid' ? BAD_REQUEST : PAYMENT_REQUIRED
  const status = moneyState === 'none' ? free : FAILED_DEPENDENCY
  const error = { type: 'bursar_error', code, message, money_state: moneyState, context }
  const text = JSON.stringify({ type: 'error', error }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value
  )
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...noRetry } })
}
