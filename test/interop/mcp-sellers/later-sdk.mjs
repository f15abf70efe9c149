import { inputRequired, McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'

// Sells with version 2 of the official SDK. It looks at no chain: what is tested is the protocol.
const offer = {
  scheme: 'exact',
  network: 'eip155:8453',
  amount: '10000',
  asset: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  payTo: '0x1111111111111111111111111111111111111111',
  maxTimeoutSeconds: 60,
  extra: { name: 'USD Coin', version: '2' }
}
const challenge = {
  x402Version: 2,
  error: 'Payment required',
  resource: { url: 'mcp://report' },
  accepts: [offer]
}
/** Asks for payment. */
export const asks = {
  isError: true,
  structuredContent: challenge,
  content: [{ type: 'text', text: JSON.stringify(challenge) }]
}
const receipt = { success: true, transaction: `0x${'ab'.repeat(32)}`, network: 'eip155:8453' }

/** What was paid for. */
export const sold = (content) => ({ content, _meta: { 'x402/payment-response': receipt } })

/** The payments that arrived. */
export const payments = []

export function newSeller() {
  const server = new McpServer({ name: 'a seller', version: '2' }, { capabilities: { tools: {} } })
  const sell = (name, make) =>
    server.registerTool(name, {}, ({ mcpReq }) => {
      const payment = mcpReq._meta?.['x402/payment']
      if (!payment) return asks
      payments.push(JSON.stringify(payment))
      return make(mcpReq)
    })
  sell('report', () =>
    sold([
      { type: 'text', text: 'sold' },
      { type: 'audio', mimeType: 'audio/wav', data: 'AAAA' },
      { type: 'resource_link', uri: 'file:///a', name: 'a' },
      { type: 'resource', resource: { uri: 'file:///b', text: 'b' } }
    ])
  )
  // What the later protocol asks in between is answered by another request, which carries the payment too.
  sell('asks', ({ inputResponses }) => {
    const requestedSchema = { type: 'object', properties: { day: { type: 'string' } } }
    const day = inputRequired.elicit({ message: 'Which day?', requestedSchema })
    return inputResponses
      ? sold([{ type: 'text', text: inputResponses.day.content.day }])
      : inputRequired({ inputRequests: { day } })
  })
  return server
}

if (process.argv[2] === '--stdio') serveStdio(newSeller, { legacy: process.argv[3] ?? 'serve' })
