import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js'

/** Standard input and output as the transport of an MCP server. A message counts as sent once it has left this process. */
export class StandardIo extends StdioServerTransport {
  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message)
    await new Promise<void>((resolve, reject) => {
      process.stdout.write('', (error) => (error ? reject(error) : resolve()))
    })
  }
}
