import { holdsSecret } from '@bursar/local-server'
import type { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  ErrorCode,
  type JSONRPCRequest,
  McpError,
  type Result,
  ResultSchema
} from '@modelcontextprotocol/sdk/types.js'
import { NEVER_MS } from '../paying/never.js'
import type { BridgeContext } from './bridge-context.js'
import { MAX_MESSAGE_BYTES } from './bridged-result.js'
import { assertAskable, attributed } from './host-questions.js'

/** How many questions of a paid server wait for their answers at once. */
const MAX_WAITING = 8

/** Asks the host what the paid server asks, for as long as that waits. */
export type AskHost = (request: JSONRPCRequest, waiting: { readonly signal: AbortSignal }) => Promise<Result>

/** Hands the questions of a paid server on to the host, as far as that answers any, and the answers back. */
export function askHostOf(host: Server, { server, secrets = [] }: BridgeContext): AskHost {
  let waiting = 0
  return async (request, { signal }) => {
    assertAskable(request, host.getClientCapabilities())
    const { method } = request
    const params = attributed(request, server.url.host)
    if (Buffer.byteLength(JSON.stringify(params)) > MAX_MESSAGE_BYTES)
      throw new McpError(ErrorCode.InvalidParams, 'The question is longer than hosts read in one message')
    if (waiting >= MAX_WAITING)
      throw new McpError(ErrorCode.InternalError, `${MAX_WAITING} questions wait for their answers already`)
    waiting++
    try {
      const { _meta: _, ...answer } = await host.request({ method, params }, ResultSchema, {
        signal,
        timeout: NEVER_MS
      })
      if (holdsSecret([JSON.stringify(answer)], secrets))
        throw new McpError(
          ErrorCode.InternalError,
          'The answer holds a secret of the operator, and is not handed on'
        )
      return answer
    } finally {
      waiting--
    }
  }
}
