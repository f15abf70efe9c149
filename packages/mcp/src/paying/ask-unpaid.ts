import type { JsonObject } from '@bursar/core'
import { type Result, ResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { challengeIn, challengeInError } from './challenge-in.js'
import type { ToolCall, ToolClient } from './paid-server.js'

/** Calls without a payment. @throws what the client does, where that is no challenge. */
export async function askUnpaid(
  client: ToolClient,
  { params, requestOptions }: ToolCall
): Promise<{ readonly result: Result } | { readonly challenge: JsonObject }> {
  try {
    const request = { method: 'tools/call', params } as const
    const result = await client.request(request, ResultSchema, requestOptions)
    const challenge = challengeIn(result)
    return challenge ? { challenge } : { result }
  } catch (error) {
    const challenge = challengeInError(error)
    if (!challenge) throw error
    return { challenge }
  }
}
