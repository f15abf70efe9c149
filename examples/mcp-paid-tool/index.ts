/** A tool of an MCP server costs money: the official client's `callTool` pays for it, once, within a limit. */
import { fileURLToPath } from 'node:url'
import { payingClient } from '@bursar/mcp/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { createBursar } from 'bursar'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { openEnvironment } from '../environment.js'

await using environment = await openEnvironment()
await using bursar = createBursar({ ...environment.wallet, limits: { payment: '0.05', day: '1.00' } })

const payTo = privateKeyToAddress(generatePrivateKey())
const transport = new StdioClientTransport({
  command: process.execPath,
  args: [...process.execArgv, fileURLToPath(new URL('server.ts', import.meta.url))],
  env: { PAY_TO: payTo, FACILITATOR_URL: environment.facilitatorUrl }
})
const client = payingClient(new Client({ name: 'my-agent', version: '1.0.0' }), bursar)
await client.connect(transport)

const result = await client.callTool({ name: 'forecast' })
console.log(`The tool answers: ${JSON.stringify(result.content)}`)

const receipt = bursar.receiptOf(result)
console.log(`It cost ${receipt?.amount} ${receipt?.symbol} (${receipt?.moneyState}).`)
console.log(`The seller received it: ${receipt?.payTo === payTo}, in transaction ${receipt?.transaction}.`)
await client.close()
