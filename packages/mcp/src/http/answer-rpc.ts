import type { JsonObject } from '@bursar/core'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { ErrorCode, type RequestId } from '@modelcontextprotocol/sdk/types.js'
import type { ToolsContext } from '../context.js'
import { ToolServer } from '../tool-server.js'
import { isRead } from './is-read.js'
import { asksForProgress, idOf } from './rpc-message.js'
import type { RequestName, WaitingRequests } from './waiting-requests.js'
import { type HttpExchange, isClosed, whenClosed } from './when-closed.js'

/** One message of a client over HTTP. */
export interface RpcExchange extends HttpExchange {
  readonly body: JsonObject
}

/** What answers it. */
export interface RpcServing {
  readonly tools: ToolsContext
  readonly version: string
  readonly waiting: WaitingRequests
  readonly session: string
}

/**
 * Answers one message. Requests share no server, so that one client cannot read another's answers. Where the client has left
 * already, nothing is done.
 */
export async function answerRpc(
  { message, response, body }: RpcExchange,
  { tools, version, waiting, session }: RpcServing
): Promise<void> {
  const server = new ToolServer(tools, version)
  // Over standard input and output nobody waits for what this loads.
  const { StreamableHTTPServerTransport } = await import('@modelcontextprotocol/sdk/server/streamableHttp.js')
  if (isClosed({ message, response })) return
  const sdk = new StreamableHTTPServerTransport({ enableJsonResponse: !asksForProgress(body) })
  const transport = sdk as Transport
  const id = idOf(body)
  const leave =
    id === undefined
      ? undefined
      : waiting.enter(nameOf(tools, session, id), () => cancel(transport, id).catch(() => {}))
  const end = async (): Promise<void> => {
    leave?.()
    tools.deliveries.endAll(response.writableFinished && (await isRead(message, tools.clock)))
    await server.close()
  }
  whenClosed({ message, response }, () => void end().catch(() => {}))
  await server.connect(transport)
  await sdk.handleRequest(message, response, body)
}

function nameOf({ agent }: ToolsContext, session: string, id: RequestId): RequestName {
  return { agent, session, id }
}

/** Ends the wait for an answer as the client wishes, and the HTTP request that waits. */
async function cancel(transport: Transport, id: RequestId): Promise<void> {
  transport.onmessage?.({
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId: id, reason: 'cancelled by the client' }
  })
  // The SDK listens to notifications a turn later.
  await new Promise((resolve) => setImmediate(resolve))
  const error = { code: ErrorCode.ConnectionClosed, message: 'The request was cancelled' }
  await transport.send({ jsonrpc: '2.0', id, error })
}
