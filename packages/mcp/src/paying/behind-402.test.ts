import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { encodeHeader } from '@bursar/core'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { expect, it, onTestFinished } from 'vitest'
import { challengeOf, paidTools, payable, receipt } from '../../test/paid-tools.js'

/** An MCP server that wants each message paid over HTTP. */
async function startBehind402(): Promise<URL> {
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end()
    if (!request.headers['payment-signature'])
      return void response.writeHead(402, { 'PAYMENT-REQUIRED': encodeHeader(challengeOf()) }).end()
    response.setHeader('PAYMENT-RESPONSE', encodeHeader(receipt))
    const tools = new McpServer({ name: 'a seller', version: '1' })
    tools.registerTool('report', {}, () => ({ content: [{ type: 'text', text: 'the report' }] }))
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    await tools.connect(transport as Transport)
    await transport.handleRequest(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`)
}

it('X146: an endpoint behind an HTTP 402 is paid message by message, by the fetch that its transport is given', async () => {
  const { bursar, purchases } = await paidTools(payable)
  const client = new Client({ name: 'an agent', version: '1' })
  const transport = new StreamableHTTPClientTransport(await startBehind402(), { fetch: bursar.fetch })
  await client.connect(transport as Transport)
  onTestFinished(() => client.close())
  expect((await client.callTool({ name: 'report' })).content).toEqual([{ type: 'text', text: 'the report' }])
  const paid = await purchases()
  expect(paid.map(({ path, state }) => [path, state])).toEqual(Array(3).fill(['/mcp', 'settled']))
})
