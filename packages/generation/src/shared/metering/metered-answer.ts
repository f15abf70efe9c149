import { type JsonObject, type MoneyState, type OpenAccountCall, parseJsonObject } from '@bursar/core'
import { boundedBytes } from '../wire/bounded-body.js'
import { isEventStream, withBody } from '../wire/response-body.js'
import type { Charge } from './charge.js'
import { isLastEvent, reportsError } from './last-event.js'
import { observeEvents } from './observe-events.js'
import { reportsUsage, tokensOf } from './token-usage.js'

/** Images in base64 come in answers of some ten megabytes. */
export const MAX_ANSWER_BYTES = 256 * 1024 * 1024

/** A call that is charged. */
export interface ChargedCall {
  readonly charge: Charge
  readonly call: OpenAccountCall
}

/**
 * Enters what a call cost, by its answer. A stream is handed on as it comes, and entered when it ends; everything else is
 * read to its end first, so that its cost is entered when it arrives.
 *
 * @returns the answer, its body to be read again.
 * @throws {RangeError} when the answer is larger than 256 MiB.
 */
export async function settleByAnswer(response: Response, charged: ChargedCall): Promise<Response> {
  const { charge, call } = charged
  const { ok, body, headers } = response
  if (!ok && isRejection(response)) {
    await call.release()
    return response
  }
  if (!ok) {
    await call.settle()
    return response
  }
  if (body && isEventStream(headers))
    return settleByEvents(response, body, (events) => settle(events, charged))
  return settleByWhole(response, async (answer) => {
    const job = answer && charge.jobOf?.(answer)
    if (job !== undefined) await call.attachJob(job)
    await settle(answer ? [answer] : [], charged)
  })
}

/** The state of the money after an answer of an account. */
export function moneyStateOfAnswer(response: Response): MoneyState {
  if (response.ok) return 'settled'
  return isRejection(response) ? 'none' : 'unknown'
}

/** A call that the service rejected was not begun, and is not billed. One at which the service failed may have begun. */
function isRejection({ status }: Response): boolean {
  return status < 500 || status === 503
}

async function settle(
  answers: readonly JsonObject[],
  { charge: { costOf }, call }: ChargedCall
): Promise<void> {
  await call.settle({ cost: costOf?.(answers), tokens: tokensOf(answers) })
}

function settleByEvents(
  response: Response,
  body: ReadableStream<Uint8Array>,
  end: (events: readonly JsonObject[]) => Promise<void>
): Response {
  const reported: JsonObject[] = []
  let hasFailed = false
  const observed = observeEvents(body, {
    onEvent(data) {
      const event = parseJsonObject(data)
      if (event && reportsUsage(event)) reported.push(event)
      hasFailed ||= event !== undefined && reportsError(event)
      return isLastEvent(data, event)
    },
    // A stream that broke off, or a service that failed in it, may have used more than was reported.
    onEnd: (isComplete) => end(isComplete && !hasFailed ? reported : [])
  })
  return withBody(response, observed)
}

async function settleByWhole(
  response: Response,
  end: (answer: JsonObject | undefined) => Promise<void>
): Promise<Response> {
  let bytes: Uint8Array<ArrayBuffer> | undefined
  try {
    bytes = await boundedBytes(response, MAX_ANSWER_BYTES)
  } finally {
    // Audio is no JSON, and reports no usage.
    const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '')
    await end(bytes && isJson ? parseJsonObject(new TextDecoder().decode(bytes)) : undefined)
  }
  if (bytes === undefined) throw new RangeError(`The answer is larger than ${MAX_ANSWER_BYTES} bytes`)
  return withBody(response, bytes)
}
