import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished, vi } from 'vitest'
import { chainFetch } from './chain-fetch.js'

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}/`
}

const stub = vi.fn(async () => Response.json({ stubbed: true }))

function stubFetch(): void {
  vi.stubGlobal('fetch', stub.mockClear())
  onTestFinished(() => void vi.unstubAllGlobals())
}

it('P71: asks a chain on this machine whatever a test has put in the place of fetch', async () => {
  stubFetch()
  const url = await serve(async (request, response) => {
    const body = await text(request)
    const { method, headers } = request
    response.setHeader('Content-Type', 'application/json')
    response.writeHead(201).end(JSON.stringify({ method, type: headers['content-type'], body }))
  })
  const answer = await chainFetch(url)(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"id":1}'
  })
  expect([answer.status, answer.ok, answer.headers.get('content-type')]).toEqual([
    201,
    true,
    'application/json'
  ])
  expect(await answer.json()).toEqual({ method: 'POST', type: 'application/json', body: '{"id":1}' })
  expect(stub).not.toHaveBeenCalled()
})

it('asks with every kind of request and body that fetch takes, and takes an answer without a body', async () => {
  const url = await serve(async (request, response) => {
    const body = await text(request)
    if (body === '') return void response.writeHead(204).end()
    response.end(`${request.method} ${request.headers.a} ${body}`)
  })
  const ask = chainFetch(url)
  const init = { method: 'POST', headers: { a: 'b' }, body: 'text' }
  const answers = [
    ask(new Request(url, init)),
    ask(new URL(url), { ...init, body: new Blob(['text']) }),
    ask(url, { ...init, body: new TextEncoder().encode('text') })
  ]
  for (const answer of answers) expect(await (await answer).text()).toBe('POST b text')
  expect(await (await ask(url)).text()).toBe('')
})

it('asks a chain elsewhere by the fetch that is there when it is asked', async () => {
  const ask = chainFetch('https://rpc.example')
  stubFetch()
  expect(await (await ask('https://rpc.example')).json()).toEqual({ stubbed: true })
})

it('fails where nothing listens, where an answer breaks off, and when it is given up', async () => {
  const cut = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': 9 }).write('half', () => response.destroy())
  })
  await expect(chainFetch(cut)(cut)).rejects.toThrow()
  await expect(chainFetch('http://127.0.0.1:1')('http://127.0.0.1:1')).rejects.toThrow('ECONNREFUSED')
  const silent = await serve(() => {})
  const signal = AbortSignal.timeout(20)
  await expect(chainFetch(silent)(silent, { signal })).rejects.toThrow('aborted')
})
