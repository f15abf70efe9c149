import { connect } from 'node:net'
import * as zlib from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { openaiFormat } from './api-format.js'
import { listen } from './listen.js'
import { problemOf } from './problem-of.js'
import { readJsonBody } from './read-json-body.js'
import { sendProblem } from './send-problem.js'

/** A server that answers with the body that it read. */
async function newServer(maxBytes = 100) {
  const server = await listen(0, async (message, response) => {
    try {
      const { value, bytes } = await readJsonBody(message, maxBytes)
      response.end(JSON.stringify({ value, length: bytes.length }))
    } catch (error) {
      sendProblem(response, problemOf(error), openaiFormat)
    }
  })
  onTestFinished(() => server.close())
  const post = (body: BodyInit, type = 'application/json', more: HeadersInit = {}): Promise<Response> =>
    fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': type, ...more },
      body,
      duplex: 'half'
    } as RequestInit)
  return { url: server.url, post }
}

it('reads a JSON object and keeps its bytes', async () => {
  const { post } = await newServer()
  expect(await (await post('{"a": "ä"}')).json()).toEqual({ value: { a: 'ä' }, length: 11 })
  expect((await post('{}', 'application/json; charset=utf-8')).status).toBe(200)
})

it('rejects another type, which a form of a page could send', async () => {
  const { post } = await newServer()
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
    expect((await post('{}', type)).status).toBe(415)
})

it('rejects what is no JSON object, or no UTF-8', async () => {
  const { post } = await newServer()
  for (const body of ['', '[]', 'nonsense', '"text"', 'null', Uint8Array.of(0x7b, 0xff, 0x7d)])
    expect((await post(body)).status).toBe(400)
})

it('rejects what is nested so deep that walks over it would overflow the stack', async () => {
  const { post } = await newServer(1_000_000)
  const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}"]]["${']'.repeat(levels - 1)}}`
  expect((await post(nested(512))).status).toBe(200)
  for (const levels of [513, 100_000]) {
    const answer = await post(nested(levels))
    expect([answer.status, answer.headers.get('x-bursar-money')]).toEqual([400, 'none'])
    expect(await answer.text()).toContain('nested deeper than 512 levels')
  }
})

it('C47: rejects a body that is too large with 400, by its declared length or by what arrives', async () => {
  const { post, url } = await newServer(100)
  expect((await post(`{"a":"${'x'.repeat(100)}"}`)).status).toBe(400)
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  // Nothing of the body is ever sent.
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 101\r\n\r\n`)
  let answer = ''
  socket.on('data', (data) => {
    answer += data
  })
  await expect.poll(() => answer).toMatch(/^HTTP\/1\.1 400 [\s\S]*request_too_large/)
})

it('C47: answers a body that is far too large and has no declared length, over a connection that goes on', async () => {
  const { post } = await newServer(100)
  const parts = Array.from({ length: 64 }, () => new Uint8Array(65_536).fill(0x20))
  for (const encoding of ['identity', 'gzip']) {
    const plain = new Blob(parts).stream()
    const body = encoding === 'gzip' ? plain.pipeThrough(new CompressionStream('gzip')) : plain
    const answer = await post(body, 'application/json', { 'content-encoding': encoding })
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { error: { code: 'request_too_large' } }
    ])
  }
})

it('C46: undoes gzip, deflate and br, and zstd where Node has it', async () => {
  const { post } = await newServer()
  const text = Buffer.from('{"a":1}')
  const encoded: Record<string, Uint8Array> = {
    identity: text,
    gzip: zlib.gzipSync(text),
    'x-gzip': zlib.gzipSync(text),
    deflate: zlib.deflateSync(text),
    BR: zlib.brotliCompressSync(text)
  }
  const zstd: ((input: Buffer) => Buffer) | undefined = Reflect.get(zlib, 'zstdCompressSync')
  if (zstd) encoded.zstd = zstd(text)
  for (const [encoding, body] of Object.entries(encoded)) {
    const sent = new Uint8Array(body)
    const answer = await post(sent, 'application/json', { 'content-encoding': encoding })
    expect(await answer.json(), encoding).toEqual({ value: { a: 1 }, length: 7 })
  }
})

it('C46: bounds what a compressed body unfolds to', async () => {
  const { post } = await newServer(1000)
  const bomb = new Uint8Array(zlib.brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, ' ')))
  expect(bomb.byteLength).toBeLessThan(1000)
  const answer = await post(bomb, 'application/json', { 'content-encoding': 'br' })
  expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'request_too_large' } }])
})

it('C46: names an encoding that it cannot undo, and what is not what it is said to be', async () => {
  const { post } = await newServer()
  const unknown = await post('{}', 'application/json', { 'content-encoding': 'compress' })
  expect([unknown.status, (await unknown.json()).error.message]).toEqual([
    415,
    expect.stringMatching(/^Content-Encoding is compress, and must be one of gzip, deflate, br/)
  ])
  for (const encoding of ['gzip', 'deflate', 'br']) {
    const wrong = await post('{}', 'application/json', { 'content-encoding': encoding })
    expect([wrong.status, (await wrong.json()).error.message]).toEqual([400, `The body is not ${encoding}`])
  }
})
