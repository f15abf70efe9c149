import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { newProxy, TOKEN } from '../test/new-proxy.js'

const bearer = { authorization: `Bearer ${TOKEN}` }

/** The head of an answer to a request that fetch would not send. */
async function headOf(url: string, headers: Record<string, string>, method = 'GET') {
  const sent = request(url, { method, headers }).end()
  const [response] = await once(sent, 'response')
  response.resume()
  return { status: response.statusCode as number, headers: response.headers as Record<string, string> }
}

it('C17: answers who looks whether something listens, and tells nobody of it', async () => {
  const { proxy, notes } = await newProxy()
  for (const method of ['HEAD', 'GET']) expect((await fetch(proxy.url, { method })).status).toBe(200)
  expect((await headOf(proxy.url, { origin: 'https://evil.example' })).status).toBe(403)
  expect(notes).toEqual(['undefined / 403'])
})

it('C17: takes anthropic-version of any date, and C16 a foreign credential beside a token of its own', async () => {
  const { proxy } = await newProxy()
  for (const headers of [
    { ...bearer, 'anthropic-version': '2026-10-21' },
    { 'x-api-key': TOKEN, authorization: 'Bearer sk-ant-oat-foreign' },
    { 'x-api-key': 'sk-foreign', ...bearer }
  ])
    expect((await fetch(`${proxy.url}/v1/models`, { headers })).status).toBe(200)
})

it('C48: answers a WebSocket with 426, and goes on with a program that only offers HTTP/2', async () => {
  const { proxy } = await newProxy()
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'x', ...bearer }
  expect((await headOf(`${proxy.url}/v1/responses`, upgrade)).status).toBe(426)
  const { port } = new URL(proxy.url)
  const socket = connect(Number(port), '127.0.0.1')
  const head = `GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${TOKEN}\r\n`
  socket.write(`${head}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAM\r\n\r\n`)
  const [data] = await once(socket, 'data')
  socket.destroy()
  expect(String(data)).toMatch(/^HTTP\/1\.1 200 /)
})

it('C47: tells a body above its bound with 400 on every endpoint, in the words of its API', async () => {
  const { post } = await newProxy({ maxBodyBytes: 1000 })
  const body = { filler: 'x'.repeat(1000) }
  for (const path of ['/v1/chat/completions', '/v1/responses', '/v1/images/generations']) {
    const answer = await post(path, body)
    expect([answer.status, (await answer.json()).error.code]).toEqual([400, 'request_too_large'])
  }
  const messages = await post('/v1/messages', body)
  expect([messages.status, (await messages.json()).error.type]).toEqual([400, 'request_too_large'])
})

it('C47: reads a body of 32 MiB', async () => {
  const { post } = await newProxy()
  const answer = await post('/v1/chat/completions', { filler: 'x'.repeat(32 * 1024 * 1024 - 1000) })
  expect((await answer.json()).error.code).not.toBe('request_too_large')
})

it('C50: lets in another name of this machine that the operator allows, and says how where it is not', async () => {
  const { proxy } = await newProxy({ allowHosts: ['host.docker.internal'] })
  const { port } = new URL(proxy.url)
  const asked = (host: string) => headOf(`${proxy.url}/v1/models`, { ...bearer, host })
  expect((await asked(`host.docker.internal:${port}`)).status).toBe(200)
  expect((await asked(`HOST.docker.internal`)).status).toBe(200)
  expect((await asked(`evil.example:${port}`)).status).toBe(403)
  const plain = await newProxy()
  const refused = await fetch(plain.proxy.url, { headers: { ...bearer, origin: 'http://a.example' } })
  expect(refused.status).toBe(403)
})

it('C50: a refused Host says which option lets it in', async () => {
  const { proxy } = await newProxy()
  const sent = request(`${proxy.url}/v1/models`, { headers: { ...bearer, host: 'my.machine' } }).end()
  const [response] = await once(sent, 'response')
  let text = ''
  for await (const chunk of response) text += chunk
  expect(text).toContain('--allow-host')
})

it('C50: serves pages of an origin that the operator allows, and no other', async () => {
  const { proxy } = await newProxy({ allowOrigins: ['http://localhost:3000'] })
  const origin = { origin: 'http://localhost:3000' }
  const url = `${proxy.url}/v1/models`
  const asks = {
    ...origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization'
  }
  const preflight = await headOf(url, asks, 'OPTIONS')
  expect([preflight.status, preflight.headers]).toMatchObject([
    204,
    {
      'access-control-allow-origin': 'http://localhost:3000',
      'access-control-allow-headers': 'authorization'
    }
  ])
  const listed = await headOf(url, { ...bearer, ...origin, 'sec-fetch-site': 'cross-site' })
  expect([listed.status, listed.headers['access-control-allow-origin']]).toEqual([
    200,
    'http://localhost:3000'
  ])
  expect((await headOf(url, origin)).status).toBe(401)
  const others = { ...asks, origin: 'http://localhost:3001' }
  const other = await headOf(url, others, 'OPTIONS')
  expect([other.status, other.headers['access-control-allow-origin']]).toEqual([403, undefined])
})

it('C50: what others can reach is refused without tokens of the operator', async () => {
  const agents = undefined
  for (const open of [
    { host: '0.0.0.0' },
    { allowHosts: ['host.docker.internal'] },
    { allowOrigins: ['http://localhost:3000'] }
  ])
    await expect(newProxy({ ...open, agents })).rejects.toThrow('need agents with tokens of yours')
  for (const wrong of [
    { host: 'kat.imgnai.com' },
    { allowHosts: ['a:1'] },
    { allowOrigins: ['localhost:3000'] }
  ])
    await expect(newProxy(wrong)).rejects.toThrow(TypeError)
})
