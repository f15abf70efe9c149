import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { type McpContext, shareContext, type ToolsContext, toolsContext } from './context.js'
import { assertContext } from './context-checks.js'
import { ObservedTransport } from './host/observed-transport.js'
import { ToolServer } from './tool-server.js'

/** Who calls the tools of a server that has one client. */
const AGENT = 'mcp'

/** The tools for one client, over one connection. */
export class McpToolServer extends ToolServer {
  readonly #context: ToolsContext

  constructor(context: ToolsContext, version: string) {
    super(context, version)
    this.#context = context
  }

  /** An answer counts as given once the transport has sent it. */
  override connect(transport: Transport): Promise<void> {
    return super.connect(new ObservedTransport(transport, this.#context.deliveries))
  }

  /** Ends the connection, and the calls that are under way: an equal call takes them up after the next start. */
  async stop(): Promise<void> {
    await this.close()
    await this.#context.calls.stop()
  }
}

/**
 * Builds an MCP server whose tools pay. What they may spend, where, and from which accounts is fixed before it starts: no
 * tool raises a limit, reads a key or adds a host.
 *
 * @param version of the server, for its clients.
 * @throws {TypeError} when something of the context is missing, unknown or malformed.
 * @see https://modelcontextprotocol.io/specification
 */
export function createMcpServer(context: McpContext, version: string): McpToolServer {
  assertContext(context)
  return new McpToolServer(toolsContext(shareContext(context), AGENT), version)
}
