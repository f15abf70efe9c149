import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkObject, checkOptions, checkText, type OptionChecks, wholeNumberFrom } from '@bursar/core'
import {
  type Agents,
  authenticate,
  CallLimit,
  listen,
  openaiFormat,
  problemOf,
  RequestProblem,
  sendProblem
} from '@bursar/local-server'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { type McpContext, toolsContext } from './context.js'
import { assertContext, assertGiven } from './context-checks.js'
import { buildServer } from './create-mcp-server.js'

/** A server that listens. */
export interface McpHttpServer {
  /** For example `http://127.0.0.1:8403/mcp`. */
  readonly url: string
  stop(): Promise<void>
}

/** How the tools are served over HTTP. */
export interface HttpServing {
  /** Who may use the tools, by token. Required. @example { agents: new Agents([{ name: 'mcp', token: newToken() }]) } */
  readonly agents: Agents
  /** Where on this machine they are served; 0 takes any free port. Required. @example { port: 8403 } */
  readonly port: number
  /** Of the server, for its clients. Required. @example { version: '1.0.0' } */
  readonly version: string
}

const servingChecks: OptionChecks<HttpServing> = {
  agents: checkObject,
  port: wholeNumberFrom(0, 65_535),
  version: checkText
}

const PATH = '/mcp'
/** How many requests are read and answered at once: each may have a body of 4 MiB. */
const MAX_CONCURRENT = 16

/**
 * Serves the tools over streamable HTTP, to programs on this machine that have a token.
 *
 * @throws {TypeError} when an option, or something of the context, is missing, unknown or malformed.
 * @throws {BursarError} `server/port-unavailable`
 */
export async function serveHttp(context: McpContext, serving: HttpServing): Promise<McpHttpServer> {
  checkOptions(serving, servingChecks)
  assertGiven(serving, ['agents', 'port', 'version'])
  assertContext(context)
  const { agents, port, version } = serving
  const limit = new CallLimit(MAX_CONCURRENT)
  const tools = toolsContext(context)
  const server = await listen(port, async (message, response) => {
    try {
      authenticate(message, agents)
      response.once('close', limit.enter())
      if (message.url !== PATH)
        throw new RequestProblem({ status: 404, code: 'not_found', message: `The tools are at ${PATH}` })
      await handle(message, response, buildServer(tools, version))
    } catch (error) {
      sendProblem(response, problemOf(error), openaiFormat)
    }
  })
  return { url: `${server.url}${PATH}`, stop: server.close }
}

/** Requests share no state, so that one client cannot read another's. */
async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  tools: ReturnType<typeof buildServer>
): Promise<void> {
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
  response.once('close', () => void tools.close())
  await tools.connect(transport as Transport)
  await transport.handleRequest(message, response)
}
