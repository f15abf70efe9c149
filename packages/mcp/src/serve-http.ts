import type { Agents } from '@bursar/local-server'
import {
  authenticate,
  listen,
  openaiFormat,
  problemOf,
  RequestProblem,
  sendProblem
} from '@bursar/local-server'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { McpContext } from './context.js'
import { createMcpServer } from './create-mcp-server.js'

/** A server that listens. */
export interface McpHttpServer {
  /** Such as `http://127.0.0.1:8403/mcp`. */
  readonly url: string
  stop(): Promise<void>
}

/** Serves the tools over streamable HTTP, to programs on this machine that have a token. @throws {TypeError} */
export async function serveHttp(
  context: McpContext,
  { agents, port, version }: { readonly agents: Agents; readonly port: number; readonly version: string }
): Promise<McpHttpServer> {
  const server = await listen(port, async (message, response) => {
    try {
      authenticate(message, agents)
      if (message.url !== '/mcp')
        throw new RequestProblem({ status: 404, code: 'not_found', message: 'The tools are at /mcp' })
      // Each request by itself: nothing is kept between them that one could take from another.
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
      const tools = createMcpServer(context, version)
      response.once('close', () => void tools.close())
      await tools.connect(transport as Parameters<typeof tools.connect>[0])
      await transport.handleRequest(message, response)
    } catch (error) {
      sendProblem(response, problemOf(error), openaiFormat)
    }
  })
  return { url: `${server.url}/mcp`, stop: server.close }
}
