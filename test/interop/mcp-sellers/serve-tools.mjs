import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { config, listen } from '../sellers/serve.mjs'

/**
 * Serves tools with the official SDK: over standard input and output, or over HTTP.
 *
 * @param addTools registers the tools of a server.
 */
export async function serveTools(addTools) {
  if (config.stdio) return newServer(addTools).connect(new StdioServerTransport())
  listen(async (request, response) => {
    const server = newServer(addTools)
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    response.once('close', () => void server.close())
    await server.connect(transport)
    await transport.handleRequest(request, response)
  })
}

function newServer(addTools) {
  const server = new McpServer({ name: 'a seller', version: '1.0.0' })
  addTools(server)
  return server
}

/** What every paid tool answers. */
export async function sell() {
  return { content: [{ type: 'text', text: 'sold' }] }
}
