import type { ServerResponse } from 'node:http'
import { Agents } from '@bursar/local-server'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { challenge, type Route, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { type ContextChanges, contextOf } from '../../test/client.js'
import { heldClock } from '../../test/held-clock.js'
import { serveHttp } from './serve-http.js'

const TOKEN = 'a-token-of-the-tests'
const headers = { authorization: `Bearer ${TOKEN}` }

/** The tools over HTTP, a client of them, and a page that answers what is paid when the test lets it. */
async function served(changes: ContextChanges = {}, name = 'a host') {
  const held: ServerResponse[] = []
  const slow: Route = (arrival, response) => {
    if (arrival.payment === undefined) challenge(arrival, response)
    else held.push(response)
  }
  const { url, payments } = await startPaidServer({ '/slow': slow })
  const agents = new Agents([{ name: 'mcp', token: TOKEN }])
  const server = await serveHttp(contextOf(changes), { agents, port: 0, version: '1.2.3' })
  onTestFinished(() => server.stop())
  const client = new Client({ name, version: '1' })
  const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } })
  await client.connect(transport as Parameters<typeof client.connect>[0])
  onTestFinished(() => client.close())
  const answer = (text: string): void => void held.shift()?.writeHead(200, receipt()).end(text)
  const slowCall = { name: 'pay_url', arguments: { url: `${url}/slow` } }
  return { server, client, transport, held, answer, payments, slowCall }
}

describe('a call over HTTP', () => {
  it('C58, C60: that is cancelled by a request of its own is taken up by an equal one, and paid once', async () => {
    const { client, held, answer, payments, slowCall } = await served()
    const stop = new AbortController()
    const cancelled = client.callTool(slowCall, undefined, { signal: stop.signal })
    await expect.poll(() => held.length).toBe(1)
    stop.abort('the time of the host is up')
    await expect(cancelled).rejects.toThrow(/time of the host/)
    // The cancellation has arrived when a later request is answered.
    await client.ping()
    answer('slowly')
    const taken = CallToolResultSchema.parse(await client.callTool(slowCall))
    expect(taken.structuredContent).toMatchObject({ body: 'slowly', spent: '0.05 USDC' })
    const next = client.callTool(slowCall)
    await expect.poll(() => held.length).toBe(1)
    answer('anew')
    await next
    expect(payments()).toBe(2)
  })

  it('C65: whose connection is closed is taken up by an equal one of another client', async () => {
    const { client, transport, held, answer, payments, slowCall, server } = await served()
    const closed = client.callTool(slowCall)
    await expect.poll(() => held.length).toBe(1)
    await transport.close()
    await expect(closed).rejects.toThrow()
    answer('slowly')
    const other = new Client({ name: 'another', version: '1' })
    const again = new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers } })
    await other.connect(again as Parameters<typeof other.connect>[0])
    onTestFinished(() => other.close())
    const { structuredContent } = CallToolResultSchema.parse(await other.callTool(slowCall))
    expect(structuredContent).toMatchObject({ body: 'slowly' })
    expect(payments()).toBe(1)
  })

  it('C59: tells who asks for it that it goes on', async () => {
    const { clock, pass } = heldClock()
    const { client, held, answer, slowCall } = await served({ clock })
    const told: number[] = []
    const called = client.callTool(slowCall, undefined, {
      onprogress: ({ progress }) => void told.push(progress)
    })
    await expect.poll(() => held.length).toBe(1)
    await pass(10_000)
    await expect.poll(() => told.length).toBeGreaterThan(1)
    answer('done')
    expect(CallToolResultSchema.parse(await called).structuredContent).toMatchObject({ body: 'done' })
  })

  it('shows a picture to a client that shows it to its model, which its session names', async () => {
    const { client } = await served({}, 'opencode')
    const { content } = CallToolResultSchema.parse(
      await client.callTool({ name: 'generate_image', arguments: { prompt: 'A mug' } })
    )
    expect(content.map(({ type }) => type)).toEqual(['text', 'image'])
  })
})

describe('C65: who has no token', () => {
  it('is told so, and that there is no place to sign in', async () => {
    const { server } = await served()
    const { origin } = new URL(server.url)
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(401)
    const places = [
      'oauth-protected-resource/mcp',
      'oauth-protected-resource',
      'oauth-authorization-server',
      'openid-configuration'
    ]
    for (const path of [...places.map((place) => `/.well-known/${place}`), '/register'])
      for (const method of path === '/register' ? ['POST'] : ['GET']) {
        const answer = await fetch(`${origin}${path}`, { method })
        expect([path, answer.status]).toEqual([path, 404])
        expect(await answer.json()).toMatchObject({ error: { code: 'not_found' } })
      }
  })
})

it('C65: a GET for a stream is told that there is none, and holds no place', async () => {
  const { server, client } = await served()
  for (let count = 0; count < 40; count++) {
    const answer = await fetch(server.url, { headers: { ...headers, accept: 'text/event-stream' } })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    await answer.body?.cancel()
  }
  expect((await client.listTools()).tools.length).toBeGreaterThan(5)
})
