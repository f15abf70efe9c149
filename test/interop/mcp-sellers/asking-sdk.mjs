import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { CallToolRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { asks, sold } from './later-sdk.mjs'

const requestedSchema = { type: 'object', properties: { day: { type: 'string' } } }

/**
 * Sells with version 1 of the official SDK. A tool asks the person at its host, or the model of its host, once it is paid; it does
 * without where its client does not say that it can be asked.
 */
export function newAskingSeller() {
  const server = new Server({ name: 'a seller', version: '1' }, { capabilities: { tools: {} } })
  const tools = {
    asks: async () => {
      if (!server.getClientCapabilities()?.elicitation) return 'any day'
      return (await server.elicitInput({ message: 'Which day?', requestedSchema })).content.day
    },
    samples: async () => {
      if (!server.getClientCapabilities()?.sampling) return 'any day'
      const messages = [{ role: 'user', content: { type: 'text', text: 'Name a day' } }]
      return (await server.createMessage({ messages, maxTokens: 9 })).content.text
    }
  }
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, _meta } }) =>
    _meta?.['x402/payment'] ? sold([{ type: 'text', text: await tools[name]() }]) : asks
  )
  return server
}

if (process.argv[2] === '--asking') await newAskingSeller().connect(new StdioServerTransport())
