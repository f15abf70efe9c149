import type { JsonObject } from '@bursar/core'
import { challengeIn, type RawResult } from './challenge-in.js'
import { receiptHeaders } from './payment-meta.js'

/**
 * A tool's result as an answer to its payment. A result that asks for payment refuses this one. A tool that failed without
 * a receipt has been paid nothing so far: an equal call sends the same payment again, until the chain proves it dead. One that
 * failed with a receipt is an answer: no client calls a tool again by itself.
 */
export function answerOf(result: RawResult): Response {
  const headers = receiptHeaders(result)
  const challenge = challengeIn(result)
  if (challenge) return Response.json(challenge, { status: 402, headers })
  return Response.json(result, { status: result.isError === true ? 400 : 200, headers })
}

/** An answer that is no result of a tool. What it says of a receipt is kept. */
export function failedAnswer(why: string, result: RawResult = {}): Response {
  return Response.json({ error: why }, { status: 500, headers: receiptHeaders(result) })
}

/** An error that asks for payment. */
export function refusedAnswer(challenge: JsonObject): Response {
  return Response.json(challenge, { status: 402 })
}
