/** An MCP server with a tool that costs 0.03 USDC a call. It asks and settles by the official server of x402. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { HTTPFacilitatorClient, x402ResourceServer } from '@x402/core/server'
import type { PaymentPayload } from '@x402/core/types'
import { ExactEvmScheme } from '@x402/evm/exact/server'

const { PAY_TO: payTo = '', FACILITATOR_URL: facilitatorUrl = '' } = process.env
const facilitator = new HTTPFacilitatorClient({ url: facilitatorUrl })
const resources = new x402ResourceServer(facilitator).register('eip155:8453', new ExactEvmScheme())
await resources.initialize()
const terms = { scheme: 'exact', price: '$0.03', network: 'eip155:8453', payTo } as const
const accepts = await resources.buildPaymentRequirements(terms)

const server = new McpServer({ name: 'forecasts', version: '1.0.0' })
server.registerTool('forecast', { description: 'The weather of tomorrow' }, async ({ _meta }) => {
  const payment = _meta?.['x402/payment']
  if (!isPayment(payment)) return askForPayment('Payment required')
  const offer = resources.findMatchingRequirements(accepts, payment)
  if (!offer) return askForPayment('The payment is for other terms')
  const { isValid, invalidReason } = await resources.verifyPayment(payment, offer)
  if (!isValid) return askForPayment(invalidReason)
  const settled = await resources.settlePayment(payment, offer)
  if (!settled.success) return askForPayment(settled.errorReason)
  const content = [{ type: 'text' as const, text: 'Sunny, 24 degrees' }]
  return { content, _meta: { 'x402/payment-response': settled } }
})
await server.connect(new StdioServerTransport())

/** What an unpaid call is answered: the challenge, as an error of the tool. */
async function askForPayment(reason: string | undefined): Promise<CallToolResult> {
  const resource = { url: 'mcp://tool/forecast' }
  const challenge = await resources.createPaymentRequiredResponse(accepts, resource, reason)
  return {
    isError: true,
    structuredContent: { ...challenge },
    content: [{ type: 'text', text: JSON.stringify(challenge) }]
  }
}

function isPayment(value: unknown): value is PaymentPayload {
  return typeof value === 'object' && value !== null && 'payload' in value && 'x402Version' in value
}
