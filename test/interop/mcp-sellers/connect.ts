import { fileURLToPath } from 'node:url'
import { payingClient } from '@bursar/mcp/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Bursar } from 'bursar'
import { onTestFinished } from 'vitest'

type Transport = Parameters<Client['connect']>[0]

/** Loses so many answers to payments, once the server has given them. */
export interface Losses {
  left: number
}

/** The official client of a seller over HTTP, made paying. */
export function payOverHttp(bursar: Bursar, url: string, losses: Losses = { left: 0 }): Promise<Client> {
  const lossy: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const isPayment = /"x402[./]payment"/.test(String(init?.body))
    if (!isPayment || losses.left === 0) return response
    losses.left--
    await response.text()
    throw new TypeError('the line broke')
  }
  // The SDK's own classes disagree about `undefined`, where it is told from what is absent.
  const transport = new StreamableHTTPClientTransport(new URL(url), { fetch: lossy }) as Transport
  return connectTo(bursar, transport)
}

/** How a seller of this folder is started, over standard input and output. */
export function sellerOf(program: string, config: object) {
  const script = fileURLToPath(new URL(`${program}.mjs`, import.meta.url))
  const env = { BURSAR_TEST_SELLER: JSON.stringify({ ...config, stdio: true }) }
  return { command: process.execPath, args: [script], env }
}

/** The official client of a seller that it starts, made paying. */
export function payOverStdio(bursar: Bursar, program: string, config: object): Promise<Client> {
  return connectTo(bursar, new StdioClientTransport(sellerOf(program, config)))
}

async function connectTo(bursar: Bursar, transport: Transport): Promise<Client> {
  const client = new Client({ name: 'an agent', version: '1.0.0' })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return payingClient(client, bursar)
}
