import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { type McpContext, type ToolsContext, toolsContext } from './context.js'
import { assertContext } from './context-checks.js'
import { addAuditTools } from './tools/audit-tools.js'
import { addGenerationTools } from './tools/generation-tools.js'
import { addPaymentTools } from './tools/payment-tools.js'

/**
 * Builds an MCP server whose tools pay. What they may spend, where, and from which accounts is fixed before it starts: no
 * tool raises a limit, reads a key or adds a host.
 *
 * @param version of the server, for its clients.
 * @throws {TypeError} when something of the context is missing, unknown or malformed.
 * @see https://modelcontextprotocol.io/specification
 */
export function createMcpServer(context: McpContext, version: string): McpServer {
  assertContext(context)
  return buildServer(toolsContext(context), version)
}

/** Builds a server of a context that others may share. */
export function buildServer(context: ToolsContext, version: string): McpServer {
  const server = new McpServer({ name: 'bursar', version })
  addPaymentTools(server, context)
  addGenerationTools(server, context)
  addAuditTools(server, context)
  return server
}
