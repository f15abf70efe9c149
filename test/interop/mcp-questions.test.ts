import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client as LaterClient } from '@modelcontextprotocol/client'
import { StdioClientTransport as LaterTransport } from '@modelcontextprotocol/client/stdio'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { CreateMessageRequestSchema, ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bin } from '../command.js'
import { newAskingSeller } from './mcp-sellers/asking-sdk.mjs'
import { newSeller } from './mcp-sellers/later-sdk.mjs'

const KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
const NO_CHAIN = 'http://127.0.0.1:9'
const person = { action: 'accept' as const, content: { day: 'Monday' } }
const model = { role: 'assistant' as const, content: { type: 'text' as const, text: 'Friday' }, model: 'm' }
const program = (name: string): string => fileURLToPath(new URL(`mcp-sellers/${name}.mjs`, import.meta.url))

/** How bursar mcp is started in front of a seller. */
function bridgeTo(seller: readonly string[]) {
  const home = mkdtempSync(join(tmpdir(), 'bursar-questions-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const rpcUrls = { BURSAR_RPC_BASE: NO_CHAIN, BURSAR_RPC_SOLANA: NO_CHAIN }
  const env = { HOME: home, PATH: process.env.PATH ?? '', EVM_PRIVATE_KEY: KEY, ...rpcUrls }
  const args = [bin, 'mcp', '--max-amount', '0.05', '--limit', 'day=1', '--connect', ...seller]
  return { command: process.execPath, args, env, stderr: 'ignore' as const }
}

interface Host {
  readonly questions: string[]
  call(name: string): Promise<string>
}

type Start = (
  seller: readonly string[],
  capabilities: { elicitation?: Record<string, never>; sampling?: Record<string, never> }
) => Promise<Host>

const hosts: Readonly<Record<string, Start>> = {
  async 'version 1'(seller, capabilities) {
    const questions: string[] = []
    const client = new Client({ name: 'a host', version: '1' }, { capabilities })
    if (capabilities.elicitation)
      client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
        questions.push(params.message)
        return person
      })
    if (capabilities.sampling) client.setRequestHandler(CreateMessageRequestSchema, () => model)
    await client.connect(new StdioClientTransport(bridgeTo(seller)))
    onTestFinished(() => client.close())
    return { questions, call: async (name) => JSON.stringify((await client.callTool({ name })).content) }
  },
  async 'version 2'(seller, capabilities) {
    const questions: string[] = []
    const client = new LaterClient({ name: 'a host', version: '2' }, { capabilities })
    if (capabilities.elicitation)
      client.setRequestHandler('elicitation/create', ({ params }) => {
        questions.push(params.message)
        return person
      })
    if (capabilities.sampling) client.setRequestHandler('sampling/createMessage', () => model)
    await client.connect(new LaterTransport(bridgeTo(seller)))
    onTestFinished(() => client.close())
    return { questions, call: async (name) => JSON.stringify((await client.callTool({ name })).content) }
  }
}

async function listen(listener: RequestListener): Promise<string[]> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return [`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`]
}

/** Serves over HTTP with version 1, a session for each client. */
function serveHttp(): Promise<string[]> {
  const sessions = new Map<string, StreamableHTTPServerTransport>()
  return listen(async (request, response) => {
    let transport = sessions.get(String(request.headers['mcp-session-id']))
    if (!transport) {
      const begun = new StreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void sessions.set(id, begun)
      })
      await newAskingSeller().connect(begun as Parameters<Client['connect']>[0])
      transport = begun
    }
    await transport.handleRequest(request, response)
  })
}

/** Serves over HTTP with version 2, a session for each client. */
function serveLaterHttp(): Promise<string[]> {
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>()
  return listen(async (request, response) => {
    let transport = sessions.get(String(request.headers['mcp-session-id']))
    if (!transport) {
      const begun = new WebStandardStreamableHTTPServerTransport({
        sessionIdGenerator: randomUUID,
        onsessioninitialized: (id) => void sessions.set(id, begun)
      })
      await newSeller().connect(begun)
      transport = begun
    }
    const { method = 'GET', headers, url } = request
    const body = method === 'POST' ? { body: Buffer.concat(await request.toArray()) } : {}
    const texts = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : []
    )
    const init = { method, headers: texts, ...body }
    const answer = await transport.handleRequest(new Request(`http://127.0.0.1${url}`, init))
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).flushHeaders()
    for await (const chunk of answer.body ?? []) response.write(chunk)
    response.end()
  })
}

const stdio = (name: string, flag: string) => [process.execPath, '--', program(name), flag]

describe.each(Object.entries(hosts))('a host of the official SDK in %s', (_, start) => {
  it.each([
    ['version 1, over standard input and output', () => stdio('asking-sdk', '--asking')],
    ['version 1, over HTTP', serveHttp],
    ['version 2, over standard input and output', () => stdio('later-sdk', '--stdio')],
    ['version 2, over HTTP', serveLaterHttp]
  ])('is asked by the paid server behind bursar mcp, with whose question it is: %s', async (_name, serve) => {
    const { call, questions } = await start(await serve(), { elicitation: {} })
    const answered = await call('asks')
    expect(answered).toMatch(/Monday.*0\.01 USDC on eip155:8453, transaction/)
    expect(questions).toEqual([
      expect.stringMatching(/^\S+ asks this\. Bursar hands it on.*\n> Which day\?$/)
    ])
  })

  it.each([
    ['over standard input and output', () => stdio('asking-sdk', '--asking')],
    ['over HTTP', serveHttp]
  ])(
    'whose model may be asked answers it, and where nobody may the server knows it: %s',
    async (_name, serve) => {
      const seller = await serve()
      expect(await (await start(seller, { sampling: {} })).call('samples')).toContain('Friday')
      const silent = await start(seller, {})
      expect([await silent.call('samples'), await silent.call('asks')]).toEqual([
        expect.stringContaining('any day'),
        expect.stringContaining('any day')
      ])
    }
  )
})
