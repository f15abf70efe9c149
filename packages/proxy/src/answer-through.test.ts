import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { newProxy, TOKEN } from '../test/new-proxy.js'

/** A proxy in front of an upstream that answers when the test lets it. It is a stand-in, and asks for no payment. */
async function upstream() {
  const asked: IncomingHttpHeaders[] = []
  const held: ServerResponse[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers)
    held.push(response)
    request.resume()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { post, proxy, notes } = await newProxy({ service: { name: 'upstream', baseUrl } })
  /** Asks, and hangs up once the upstream has the request. */
  const leave = async (headers: Record<string, string>, body: object = {}): Promise<void> => {
    const before = asked.length
    const left = new AbortController()
    const init = { method: 'POST', signal: left.signal, body: JSON.stringify(body) }
    const own = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers }
    const asking = fetch(`${proxy.url}/ask`, { ...init, headers: own }).catch(() => {})
    await expect.poll(() => asked.length).toBe(before + 1)
    left.abort()
    await asking
    // The proxy has noticed who left.
    await expect.poll(() => notes.length).toBe(asked.length)
  }
  return { asked, held, post, leave }
}

it('what one credential of the upstream was answered is told to no other', async () => {
  const { asked, held, post, leave } = await upstream()
  await leave({ 'x-api-key': 'of-alice' })
  held[0]?.end('for alice')
  const bob = post('/ask', {}, { 'x-api-key': 'of-bob' })
  await expect.poll(() => asked.length).toBe(2)
  held[1]?.end('for bob')
  expect(await (await bob).text()).toBe('for bob')
  const again = await post('/ask', {}, { 'x-api-key': 'of-alice', traceparent: '00-1-2-01' })
  expect(await again.text()).toBe('for alice')
  expect(asked.map(({ 'x-api-key': key }) => key)).toEqual(['of-alice', 'of-bob'])
})

it('bodies are equal at an upstream byte by byte: what a field means there is not known', async () => {
  const { asked, held, post, leave } = await upstream()
  await leave({}, { stream: true })
  held[0]?.end('a stream')
  const whole = post('/ask', { stream: false })
  await expect.poll(() => asked.length).toBe(2)
  held[1]?.end('whole')
  expect(await (await whole).text()).toBe('whole')
})

it('a failure that cost nothing is asked for again by a retry', async () => {
  const { asked, held, post } = await upstream()
  const failed = post('/ask', {})
  await expect.poll(() => asked.length).toBe(1)
  held[0]?.writeHead(503).end()
  expect((await failed).status).toBe(503)
  const retry = post('/ask', {}, { 'x-stainless-retry-count': '1' })
  await expect.poll(() => asked.length).toBe(2)
  held[1]?.end('there')
  expect(await (await retry).text()).toBe('there')
})

it.each(['api-key', 'x-goog-api-key', 'x-token'])(
  'no token of ours reaches the upstream in %s',
  async (name) => {
    const { asked, held, post } = await upstream()
    const answer = post('/ask', {}, { [name]: TOKEN, 'x-kept': 'kept' })
    await expect.poll(() => asked.length).toBe(1)
    held[0]?.end()
    await answer
    expect(JSON.stringify(asked)).not.toContain(TOKEN)
    expect(asked[0]).toMatchObject({ 'x-kept': 'kept' })
  }
)
