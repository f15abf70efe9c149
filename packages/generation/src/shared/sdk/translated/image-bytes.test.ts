import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '@bursar/core'
import { expect, it, onTestFinished } from 'vitest'
import { withImageBytes } from './image-bytes.js'

/** As much of a PNG as it is known by. */
const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')

/** A place with one image, and what is answered there of a request for images. */
async function imagesAt() {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/a.png' ? 200 : 404
    response.end(png)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const signal = new AbortController().signal
  const answer = async (request: JsonObject, image: JsonObject) => {
    const response = Response.json({ created: 1, data: [image] })
    return (await withImageBytes(response, request, { service: new URL(apiUrl), fetch, signal })).json()
  }
  return { apiUrl, answer }
}

const gpt = { model: 'gpt-image-1.5', prompt: 'A mug' }
const b64_json = Buffer.from(png).toString('base64')

it('C38: an answer of a relay with URLs alone has the bytes too, where its client reads bytes', async () => {
  const { apiUrl, answer } = await imagesAt()
  const url = `${apiUrl}/a.png`
  expect(await answer(gpt, { url })).toEqual({ created: 1, data: [{ url, b64_json }] })
  const asked = { model: 'wan', response_format: 'b64_json' }
  expect(await answer(asked, { url })).toMatchObject({ data: [{ b64_json }] })
  expect(await answer({ model: 'wan' }, { url })).toEqual({ created: 1, data: [{ url }] })
  expect(await answer({ ...gpt, response_format: 'url' }, { url })).toEqual({ created: 1, data: [{ url }] })
  expect(await answer(gpt, { b64_json: 'own' })).toMatchObject({ data: [{ b64_json: 'own' }] })
})

it('C38: an image whose bytes cannot be had is told of with its URL, and that it is paid for', async () => {
  const { apiUrl, answer } = await imagesAt()
  for (const url of [`${apiUrl}/none.png`, 'http://192.0.2.1/a.png', 'file:///etc/passwd'])
    await expect(answer(gpt, { url })).rejects.toMatchObject({
      code: 'asset/unavailable',
      moneyState: 'settled',
      message: expect.stringContaining(url)
    })
})

it('fetches nothing of this machine for a relay elsewhere', async () => {
  let connections = 0
  const server = createServer().on('connection', () => void connections++)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const reading = {
    service: new URL('https://relay.example/v1'),
    fetch,
    signal: new AbortController().signal
  }
  for (const host of ['127.0.0.1', 'localhost']) {
    const response = Response.json({ data: [{ url: `https://${host}:${port}/a.png` }] })
    const made = withImageBytes(response, gpt, reading)
    await expect(made).rejects.toMatchObject({ code: 'asset/unavailable', moneyState: 'settled' })
  }
  expect(connections).toBe(0)
})

it('says of an answer of a relay that breaks off that it may have been charged', async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.error(new TypeError('terminated'))
    }
  })
  const response = new Response(body, { headers: { 'content-type': 'application/json' } })
  const reading = { service: new URL('http://127.0.0.1:1'), fetch }
  await expect(withImageBytes(response, gpt, reading)).rejects.toMatchObject({ moneyState: 'unknown' })
})

it('names all images of an answer where the bytes of one cannot be had, and reads no more than a hundred', async () => {
  const { apiUrl } = await imagesAt()
  const reading = { service: new URL(apiUrl), fetch }
  const made = (urls: readonly string[]) =>
    withImageBytes(Response.json({ data: urls.map((url) => ({ url })) }), gpt, reading)
  const urls = [`${apiUrl}/a.png`, `${apiUrl}/none.png`]
  await expect(made(urls)).rejects.toMatchObject({
    moneyState: 'settled',
    message: `The 2 images are paid for, and their bytes could not be had. Their URLs: ${urls.join(' ')}`
  })
  const many = Array.from({ length: 101 }, () => `${apiUrl}/a.png`)
  await expect(made(many)).rejects.toMatchObject({
    ...{ code: 'asset/unavailable', moneyState: 'settled' },
    message: expect.stringMatching(/ and 91 more$/)
  })
})

it('names a signed address whole, and says of one that is cut that it is', async () => {
  const { apiUrl, answer } = await imagesAt()
  const signed = `${apiUrl}/none.png?signature=${'a'.repeat(1_500)}`
  await expect(answer(gpt, { url: signed })).rejects.toThrow(new RegExp(`${'a'.repeat(1_500)}$`))
  const long = answer(gpt, { url: `${signed}${'a'.repeat(1_000)}` })
  await expect(long).rejects.toThrow(/a… \(cut off\)$/)
})
