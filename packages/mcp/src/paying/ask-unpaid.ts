import type { JsonObject } from '@bursar/core'
import { callOnce } from './call-once.js'
import { challengeIn, challengeInError, type RawResult } from './challenge-in.js'
import type { ToolCall, ToolClient } from './paid-server.js'

/** Calls without a payment. @throws what the client does, where that is no challenge. */
export async function askUnpaid(
  client: Pick<ToolClient, 'request'>,
  { params, requestOptions }: ToolCall
): Promise<{ readonly result: RawResult } | { readonly challenge: JsonObject }> {
  try {
    const result = await callOnce(client, params, requestOptions)
    const challenge = challengeIn(result)
    return challenge ? { challenge } : { result }
  } catch (error) {
    const challenge = challengeInError(error)
    if (!challenge) throw error
    return { challenge }
  }
}
