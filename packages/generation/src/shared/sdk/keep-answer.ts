import { BursarError, bursarErrorOf } from '@bursar/core'
import { boundedBytes } from '../wire/bounded-body.js'
import { isEventStream, withBody } from '../wire/response-body.js'

/** The most that is kept in memory of an answer whose caller gave up. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024

/**
 * Keeps an answer whose caller gave up. A stream waits for its reader by itself; everything else is read, so that the connection is
 * free.
 *
 * @throws {BursarError} `service/answer-malformed`, since an SDK repeats what fails without an answer, and it would be paid again.
 */
export async function keepAnswer(response: Response): Promise<Response> {
  if (isEventStream(response.headers)) return response
  let bytes: Uint8Array<ArrayBuffer> | undefined
  try {
    bytes = await boundedBytes(response, MAX_KEPT_BYTES)
  } catch (error) {
    throw bursarErrorOf(error) ?? notKept(response, 'it broke off', error)
  }
  if (bytes === undefined) throw notKept(response, `it is larger than ${MAX_KEPT_BYTES} bytes`)
  return withBody(response, bytes)
}

/** The failure of a call whose answer came, and could not be kept for who asks for it. */
export function notKept({ status }: Response, reason: string, cause?: unknown): BursarError {
  return new BursarError('service/answer-malformed', {
    message: `The answer could not be kept: ${reason}. It may have been charged.`,
    context: { service: 'sdk', operation: 'call', status, reason },
    moneyState: 'unknown',
    cause
  })
}
