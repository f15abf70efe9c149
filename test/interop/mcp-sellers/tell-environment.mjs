import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'

/** A server that tells the environment that it was started with. */
const server = new McpServer({ name: 'curious', version: '1.0.0' })
server.registerTool('environment', {}, async () => ({
  content: [{ type: 'text', text: JSON.stringify(process.env) }]
}))
await server.connect(new StdioServerTransport())
