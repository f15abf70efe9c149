import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { memoryLedger } from '@bursar/ledger'
import { payingClient } from '@bursar/mcp/client'
import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { createMcpHandler } from '@modelcontextprotocol/server'
import { createBursar } from 'bursar'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { bin, startCommand } from '../command.js'
import { newSeller, payments } from './mcp-sellers/later-sdk.mjs'

const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
/** Where no chain answers. */
const NO_CHAIN = 'http://127.0.0.1:9'
const limits = ['--max-amount', '0.05', '--limit', 'day=1']
const script = fileURLToPath(new URL('mcp-sellers/later-sdk.mjs', import.meta.url))

type Mode = NonNullable<NonNullable<ClientOptions['versionNegotiation']>['mode']>
const modes: Mode[] = ['legacy', 'auto', { pin: '2026-07-28' }]

beforeEach(() => {
  payments.length = 0
})

function newEnv() {
  const home = mkdtempSync(join(tmpdir(), 'bursar-later-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const rpcUrls = { BURSAR_RPC_BASE: NO_CHAIN, BURSAR_RPC_SOLANA: NO_CHAIN }
  return { HOME: home, PATH: process.env.PATH ?? '', EVM_PRIVATE_KEY: KEY, ...rpcUrls }
}

/** A client of version 2, whose person names a day. */
function newClient(mode: Mode): Client {
  const client = new Client(
    { name: 'an agent', version: '2' },
    { versionNegotiation: { mode }, capabilities: { elicitation: {} } }
  )
  client.setRequestHandler('elicitation/create', async () => ({
    action: 'accept',
    content: { day: 'Monday' }
  }))
  onTestFinished(() => client.close())
  return client
}

/** A seller over HTTP, by what its SDK serves it with. */
async function serveSeller(legacy: 'stateless' | 'reject' = 'stateless'): Promise<URL> {
  const handler = createMcpHandler(newSeller, { legacy })
  const server = createServer(async (request, response) => {
    const { method = 'GET', headers, url } = request
    const body = method === 'POST' ? { body: Buffer.concat(await request.toArray()) } : {}
    const texts = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : []
    )
    const init = { method, headers: texts, ...body }
    const answer = await handler.fetch(new Request(`http://127.0.0.1${url}`, init))
    response.writeHead(answer.status, Object.fromEntries(answer.headers))
    for await (const chunk of answer.body ?? []) response.write(chunk)
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`)
}

function newBursar() {
  const own = { evm: KEY, ledger: memoryLedger(), limits: { payment: '0.05', total: '1' } } as const
  const bursar = createBursar({ ...own, rpcUrls: { 'eip155:8453': NO_CHAIN } })
  onTestFinished(() => bursar.close())
  return bursar
}

const startBursar = (...argv: string[]) =>
  new StdioClientTransport({
    command: process.execPath,
    args: [bin, 'mcp', ...limits, ...argv],
    env: newEnv(),
    stderr: 'ignore'
  })

describe('a client and a server of version 2 of the official SDK', () => {
  it.each(modes)(
    'pay once over HTTP, by the protocol %o, also where the tool asks in between',
    async (mode) => {
      const url = await serveSeller(mode === 'legacy' ? 'stateless' : 'reject')
      const bursar = newBursar()
      const paying = payingClient(newClient(mode), bursar)
      await paying.connect(new StreamableHTTPClientTransport(url))
      const report = await paying.callTool({ name: 'report' })
      expect(report.content.map(({ type }) => type)).toEqual(['text', 'audio', 'resource_link', 'resource'])
      expect(bursar.receiptOf(report)).toMatchObject({ moneyState: 'settled', amount: '0.01' })
      expect(payments).toHaveLength(1)
      if (mode === 'legacy') return
      const asked = await paying.callTool({ name: 'asks' })
      expect(asked.content).toEqual([{ type: 'text', text: 'Monday' }])
      expect([payments.length, new Set(payments).size]).toEqual([3, 2])
    }
  )

  it.each(modes)('pay once over standard input and output, by the protocol %o', async (mode) => {
    const bursar = newBursar()
    const paying = payingClient(newClient(mode), bursar)
    const args = [script, '--stdio', mode === 'legacy' ? 'serve' : 'reject']
    await paying.connect(new StdioClientTransport({ command: process.execPath, args }))
    const asked = await paying.callTool({ name: 'asks' })
    expect(asked.content).toEqual([{ type: 'text', text: 'Monday' }])
    expect(bursar.receiptOf(asked)).toMatchObject({ moneyState: 'settled' })
  })

  it.each<Mode>(['legacy', 'auto'])('have bursar mcp --connect between them, in mode %s', async (mode) => {
    const url = await serveSeller()
    for (const server of [[url.href], [process.execPath, '--', script, '--stdio']]) {
      const host = newClient(mode)
      await host.connect(startBursar('--connect', ...server))
      const { content } = await host.callTool({ name: 'report' })
      expect(content.map(({ type }) => type)).toEqual(['text', 'audio', 'resource_link', 'resource', 'text'])
      expect(JSON.stringify(content)).toMatch(/0\.01 USDC on eip155:8453, transaction/)
    }
    expect(payments).toHaveLength(1)
  })
})

it.each<Mode>(['legacy', 'auto'])(
  'a host of version 2 has the tools of bursar mcp, in mode %s',
  async (mode) => {
    const host = newClient(mode)
    await host.connect(startBursar())
    expect((await host.listTools()).tools.map(({ name }) => name)).toContain('pay_url')
    expect(await host.callTool({ name: 'history' })).toMatchObject({ structuredContent: { purchases: [] } })
  }
)

it('a server that speaks the later protocol alone is not bridged, and bursar mcp says so', async () => {
  const url = await serveSeller('reject')
  const { code, err } = await startCommand(newEnv(), 'mcp', ...limits, '--connect', url.href).ended
  expect([code, err]).toEqual([
    2,
    expect.stringMatching(/Nothing was paid.*cannot be used: it speaks a later protocol alone.*2026-07-28/s)
  ])
})
