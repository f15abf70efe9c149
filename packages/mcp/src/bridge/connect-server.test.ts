import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { expect, it, onTestFinished } from 'vitest'
import { type ConnectOptions, connectServer } from './connect-server.js'

function newServer(): McpServer {
  const server = new McpServer({ name: 'a seller', version: '1' })
  server.registerTool('free', {}, () => ({ content: [{ type: 'text', text: 'free' }] }))
  return server
}

async function listen(listener: RequestListener): Promise<URL> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`)
}

/** Calls the server's tool, and says by which address it is known. */
async function use(url: URL, options: ConnectOptions = {}): Promise<[answer: unknown, known: string]> {
  const { client, url: known } = await connectServer(url, '1.0.0', options)
  onTestFinished(() => client.close())
  const { content } = await client.callTool({ name: 'free' })
  return [content, known.href]
}

const free = [{ type: 'text', text: 'free' }]

it('connects over streamable HTTP', async () => {
  const url = await listen(async (request, response) => {
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    await newServer().connect(transport as Transport)
    await transport.handleRequest(request, response)
  })
  expect(await use(url)).toEqual([free, url.href])
})

it('is known by a token to a server that lets in nobody else', async () => {
  const url = await listen(async (request, response) => {
    if (request.headers.authorization !== 'Bearer of-the-operator') return void response.writeHead(401).end()
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    await newServer().connect(transport as Transport)
    await transport.handleRequest(request, response)
  })
  expect(await use(url, { token: 'of-the-operator' })).toEqual([free, url.href])
  await expect(use(url)).rejects.toMatchObject({ code: 401 })
})

it('connects over events to a server of before, which has no streamable HTTP', async () => {
  const transports = new Map<string, SSEServerTransport>()
  const url = await listen(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1')
    if (pathname === '/messages') {
      const transport = transports.get(searchParams.get('sessionId') ?? '')
      return transport?.handlePostMessage(request, response)
    }
    if (request.method !== 'GET') return void response.writeHead(405).end()
    const transport = new SSEServerTransport('/messages', response)
    transports.set(transport.sessionId, transport)
    return newServer().connect(transport)
  })
  expect(await use(url)).toEqual([free, url.href])
})

it('a server that refuses is no older server', async () => {
  const methods: (string | undefined)[] = []
  const url = await listen((request, response) => {
    methods.push(request.method)
    response.writeHead(403).end('no')
  })
  await expect(connectServer(url, '1.0.0')).rejects.toMatchObject({ code: 403 })
  expect(methods).toEqual(['POST'])
})

it('says what a server of streamable HTTP answered, and not what became of the guess that it is an older one', async () => {
  const url = await listen((request, response) => {
    if (request.method !== 'POST') return void response.writeHead(405).end()
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(
      '{"jsonrpc":"2.0","error":{"code":-32022,"message":"Only 2026-07-28 is spoken here"},"id":null}'
    )
  })
  await expect(connectServer(url, '1.0.0')).rejects.toThrow('Only 2026-07-28 is spoken here')
})

it('reads results of a command that are longer than the SDK reads by itself', async () => {
  const script = `require('node:readline').createInterface(process.stdin).on('line', (line) => {
    const { id, method } = JSON.parse(line)
    const info = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } }
    const sold = { content: [{ type: 'audio', mimeType: 'audio/wav', data: 'A'.repeat(12 * 1024 * 1024) }] }
    const result = method === 'initialize' ? info : sold
    if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }))
  })`
  const { client } = await connectServer({ command: process.execPath, args: ['-e', script] }, '1.0.0')
  onTestFinished(() => client.close())
  const { content } = CallToolResultSchema.parse(await client.callTool({ name: 'sound' }))
  expect(content).toMatchObject([{ type: 'audio' }])
})
