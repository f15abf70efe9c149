import { request as httpRequest } from 'node:http'
import { connect as connectSocket } from 'node:net'
import { Agents } from '@bursar/local-server'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { contextOf } from '../../test/client.js'
import { serveHttp } from './serve-http.js'

const TOKEN = 'a-token-of-the-tests'
const headers = { authorization: `Bearer ${TOKEN}`, accept: 'application/json, text/event-stream' }

async function newServer(operatorToken?: string) {
  const agents = new Agents([{ name: 'mcp', token: TOKEN }])
  const server = await serveHttp(contextOf(), { agents, port: 0, version: '1.2.3', operatorToken })
  onTestFinished(() => server.stop())
  const post = (body: string, more: Readonly<Record<string, string>> = {}, url = server.url) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers, ...more }, body })
  return { server, post }
}

const list = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} })

describe('tools over HTTP', () => {
  it('are served to the official client, many at once, each by itself', async () => {
    const { server } = await newServer()
    const names = await Promise.all(
      [1, 2, 3].map(async () => {
        const client = new Client({ name: 'a host', version: '1' })
        const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } })
        await client.connect(transport as Parameters<typeof client.connect>[0])
        const { tools } = await client.listTools()
        await client.close()
        return tools.map(({ name }) => name).sort()
      })
    )
    expect(names[0]).toContain('pay_url')
    expect(names[1]).toEqual(names[0])
    expect(names[2]).toEqual(names[0])
  })

  it('P67: have a health that reveals nothing, and what is left for the operator', async () => {
    const { server } = await newServer('the-token-of-the-operator')
    const health = new URL('/health', server.url)
    expect(await (await fetch(health)).json()).toEqual({ ok: true })
    const operator = { authorization: 'Bearer the-token-of-the-operator' }
    expect(await (await fetch(health, { headers: operator })).json()).toMatchObject({
      agents: [{ name: 'mcp', limits: [{ name: 'total' }] }]
    })
    const metrics = await fetch(new URL('/metrics', server.url), { headers: operator })
    expect(await metrics.text()).toMatch(/^bursar_limit_left_usd\{agent="mcp",limit="total"\} /m)
    expect((await fetch(new URL('/metrics', server.url))).status).toBe(401)
  })

  it('tell the operator what is left of the limits that hold now', async () => {
    const token = 'the-token-of-the-operator'
    let total = '1'
    const context = { ...contextOf(), currentLimits: () => ({ payment: '0.25', total }) }
    const agents = new Agents([{ name: 'mcp', token: TOKEN }])
    const server = await serveHttp(context, { agents, port: 0, version: '1', operatorToken: token })
    onTestFinished(() => server.stop())
    const limits = async () => {
      const asked = await fetch(new URL('/health', server.url), {
        headers: { authorization: `Bearer ${token}` }
      })
      return (await asked.json()).agents[0].limits
    }
    expect(await limits()).toMatchObject([{ name: 'total', limit: '1' }])
    total = '0.40'
    expect(await limits()).toMatchObject([{ name: 'total', limit: '0.4' }])
  })

  it('are not for who has no token, for web pages, or for another name of this machine', async () => {
    const { post } = await newServer()
    expect((await post(list, { authorization: 'Bearer another-token-here' })).status).toBe(401)
    expect((await post(list, { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post(list, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  it('M59: are not read without a bound: of requests that do not end, the 17th is told so by its head', async () => {
    const { server } = await newServer()
    const { host } = new URL(server.url)
    const open = () => {
      const request = httpRequest(server.url, {
        method: 'POST',
        headers: { ...headers, host, 'content-type': 'application/json', 'content-length': '1000' }
      })
      onTestFinished(() => void request.destroy())
      request.on('error', () => {}).write('{')
      return request
    }
    const statuses: number[] = []
    for (let count = 0; count < 17; count++)
      open().on('response', ({ statusCode = 0 }) => statuses.push(statusCode))
    await expect.poll(() => statuses, { timeout: 60_000 }).toEqual([429])
  })

  it('are at one path', async () => {
    const { server, post } = await newServer()
    expect(await (await post(list, {}, server.url.replace('/mcp', '/'))).json()).toMatchObject({
      error: { code: 'not_found', message: 'The tools are at /mcp' }
    })
  })

  it('answer what is no JSON, or no request, with an error, and go on', async () => {
    const { post } = await newServer()
    for (const wrong of [
      '{',
      '[]',
      '{"jsonrpc":"2.0"}',
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'nonsense' })
    ])
      expect([200, 202, 400]).toContain((await post(wrong)).status)
    const { result } = await (await post(list)).json()
    expect(result.tools.length).toBeGreaterThan(5)
  })

  it('go on when a client hangs up in the middle', async () => {
    const { server, post } = await newServer()
    const { port } = new URL(server.url)
    const socket = connectSocket(Number(port), '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: 100\r\n\r\n{`
    )
    await new Promise((resolve) => socket.once('ready', resolve))
    socket.destroy()
    expect((await post(list)).status).toBe(200)
  })

  it('end when they are stopped', async () => {
    const { server, post } = await newServer()
    await server.stop()
    await expect(post(list)).rejects.toThrow()
  })
})
