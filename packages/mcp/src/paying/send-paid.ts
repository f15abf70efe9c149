import type { OutgoingPayment } from '@bursar/fetch'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { answerOf, failedAnswer, refusedAnswer } from './answer-of.js'
import { callOnce } from './call-once.js'
import { challengeInError } from './challenge-in.js'
import { readClientFailure } from './client-failure.js'
import { NEVER_MS } from './never.js'
import type { ToolCall, ToolClient } from './paid-server.js'
import { paymentMeta } from './payment-meta.js'

/** One sending of a payment. */
export interface Sending {
  readonly payment: OutgoingPayment
  /** Ends the call for its caller, whose own time is up. */
  readonly giveUp: (reason: unknown) => void
}

/**
 * Calls a tool with a payment, and once more with the same where the server asks again: its facilitator may have failed for
 * a moment. The same payment settles once.
 *
 * @throws what the client does, where the answer is lost.
 */
export async function sendPaid(client: ToolClient, call: ToolCall, sending: Sending): Promise<Response> {
  const answer = await sendOnce(client, call, sending)
  if (answer.status !== 402 || sending.payment.signal.aborted) return answer
  return sendOnce(client, call, sending)
}

async function sendOnce(client: ToolClient, call: ToolCall, sending: Sending): Promise<Response> {
  const { resultSchema = CallToolResultSchema } = call
  const params = { ...call.params, _meta: paymentMeta(call.params._meta, sending.payment) }
  try {
    const result = await callOnce(client, params, requestOptions(call, sending))
    const answer = answerOf(result)
    if (answer.status === 402 || resultSchema.safeParse(result).success) return answer
    return failedAnswer('The answer is no result of a tool', result)
  } catch (error) {
    return answerOfError(error, call, sending)
  }
}

/**
 * The options of a call with a payment. Without a time of the caller's own, `timeouts.afterPaymentMs` of the bursar counts,
 * and not the SDK's: a tool that takes longer than that is paid for by then.
 */
function requestOptions(
  { requestOptions: given = {} }: ToolCall,
  { payment }: Sending
): ToolCall['requestOptions'] {
  // What a token resumes is the call without a payment.
  const { resumptionToken: _, ...options } = given
  return { ...options, signal: payment.signal, timeout: given.timeout ?? NEVER_MS }
}

/** What a server answered as an error. @throws the error, where nothing was answered. */
function answerOfError(error: unknown, { requestOptions: given }: ToolCall, sending: Sending): Response {
  const challenge = challengeInError(error)
  if (challenge) return refusedAnswer(challenge)
  const failure = readClientFailure(error)
  if (failure.kind === 'answered') return failedAnswer(failure.why)
  const hasTime = given?.timeout !== undefined || given?.maxTotalTimeout !== undefined
  if (failure.kind === 'timed-out' && hasTime) sending.giveUp(error)
  throw error
}
