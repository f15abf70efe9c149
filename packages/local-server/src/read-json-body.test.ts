import { connect } from 'node:net'
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
  const post = (body: BodyInit, type = 'application/json'): Promise<Response> =>
    fetch(server.url, { method: 'POST', headers: { 'content-type': type }, body })
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

it('rejects a body that is too large, by its declared length or by what arrives', async () => {
  const { post, url } = await newServer(100)
  expect((await post(`{"a":"${'x'.repeat(100)}"}`)).status).toBe(413)
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  // Nothing of the body is ever sent.
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 101\r\n\r\n`)
  const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
})
