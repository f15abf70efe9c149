import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { newProxy, TOKEN } from '../test/new-proxy.js'

/** A proxy in front of an upstream that answers so, and asks for no payment. */
async function through(answer: RequestListener) {
  const arrived: (string | undefined)[] = []
  const server = createServer((message, response) => {
    arrived.push(message.method)
    answer(message, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { proxy, notes } = await newProxy({ service: { name: 'upstream', baseUrl } })
  const ask = async (
    method: string,
    { path = '/', headers = {}, body }: { path?: string; headers?: object; body?: string } = {}
  ) => {
    const own = { authorization: `Bearer ${TOKEN}`, ...headers }
    const length = body === undefined ? {} : { 'content-length': String(body.length) }
    const asking = request(`${proxy.url}${path}`, { method, headers: { ...own, ...length } })
    asking.end(body)
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    const text = Buffer.concat(await response.toArray()).toString()
    return { status: response.statusCode, headers: response.headers, text }
  }
  return { ask, arrived, notes, url: proxy.url }
}

const typeOf = (headers: object): unknown => Reflect.get(headers, 'content-type')

it('an answer goes back with its status, its headers and its body, and without a type that it does not have', async () => {
  const { ask } = await through(({ url }, response) => {
    if (url === '/304') response.writeHead(304, { etag: '"x"' }).end()
    else if (url === '/204') response.writeHead(204).end()
    else response.writeHead(206, { 'content-range': 'bytes 0-1/9', 'content-length': 2 }).end('ab')
  })
  const part = await ask('GET', { headers: { range: 'bytes=0-1' } })
  expect(part).toMatchObject({ status: 206, text: 'ab', headers: { 'content-range': 'bytes 0-1/9' } })
  expect(part.headers['content-length']).toBe('2')
  const [unchanged, empty] = [await ask('GET', { path: '/304' }), await ask('DELETE', { path: '/204' })]
  expect([unchanged.status, unchanged.headers.etag, empty.status]).toEqual([304, '"x"', 204])
  expect([part, unchanged, empty].map(({ headers }) => typeOf(headers))).toEqual([
    undefined,
    undefined,
    undefined
  ])
})

it('what is encoded is decoded, and has no length of before', async () => {
  const bytes = gzipSync('hello'.repeat(100))
  const { ask } = await through((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bytes.byteLength }).end(bytes)
  })
  const { text, headers } = await ask('GET')
  expect([text, headers['content-encoding'], headers['content-length']]).toEqual([
    'hello'.repeat(100),
    undefined,
    undefined
  ])
})

it.each(['HEAD', 'OPTIONS', 'PROPFIND', 'PATCH'])('%s goes through', async (method) => {
  const { ask, arrived } = await through((_, response) => {
    response.writeHead(200, { 'content-length': 0, 'x-own': 'y' }).end()
  })
  const { status, headers } = await ask(method)
  expect([arrived, status, headers['x-own']]).toEqual([[method], 200, 'y'])
})

it.each([
  ['GET', { body: '{}' }, /GET with a body/],
  ['GET', { path: `/?key=${TOKEN}` }, /holds a token/],
  [
    'GET',
    { path: `/${[...Buffer.from(TOKEN)].map((byte) => `%${byte.toString(16)}`).join('')}` },
    /holds a token/
  ],
  ['POST', { body: `my token is ${TOKEN}` }, /holds a token/]
])('a %s of %o is a mistake of the client, costs nothing, and goes nowhere', async (method, given, words) => {
  const { ask, arrived } = await through((_, response) => void response.end())
  const { status, headers, text } = await ask(method, given)
  expect([status, headers['x-bursar-money'], arrived]).toEqual([400, 'none', []])
  expect(text).toMatch(words)
})

it('a token that is the name of a header goes nowhere, and one in a path is in no note of the answer', async () => {
  const names: string[] = []
  const { ask, notes } = await through(({ headers }, response) => {
    names.push(...Object.keys(headers))
    response.end()
  })
  expect((await ask('GET', { headers: { [`X-${TOKEN}`]: 'y', 'x-own': 'y' } })).status).toBe(200)
  expect(names).toContain('x-own')
  expect(names.join()).not.toContain(TOKEN.toLowerCase())
  expect((await ask('GET', { path: `/bot${TOKEN}/send` })).status).toBe(400)
  await expect.poll(() => notes).toEqual(['one / 200', 'one /… 400'])
})

it('an answer that is larger than is kept goes on for the client that reads it', async () => {
  const [chunk, chunks] = [Buffer.alloc(1024 * 1024, 'x'), 70]
  const { url } = await through(async (_, response) => {
    for (let count = 0; count < chunks; count++) if (!response.write(chunk)) await once(response, 'drain')
    response.end()
  })
  const answer = await fetch(`${url}/film`, { headers: { authorization: `Bearer ${TOKEN}` } })
  let length = 0
  for await (const each of answer.body ?? []) length += each.byteLength
  expect(length).toBe(chunks * chunk.byteLength)
})

it('an answer whose client left in the middle of reading is that of the next equal request, though all of it was sent', async () => {
  const film = Buffer.alloc(3 * 1024 * 1024, 'film')
  const { ask, arrived, notes, url } = await through((_, response) => void response.end(film))
  const path = '/film'
  const leaving = request(`${url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } })
  leaving.end()
  const [response] = (await once(leaving, 'response')) as [IncomingMessage]
  await once(response, 'readable')
  // By then the system has taken what the client does not read.
  await expect.poll(() => notes).toHaveLength(1)
  leaving.destroy()
  await once(leaving, 'close')
  expect((await ask('GET', { path })).text.length).toBe(film.byteLength)
  expect(arrived).toHaveLength(1)
})
