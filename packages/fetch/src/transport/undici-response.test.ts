import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { Agent } from 'undici'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, offer, payable, receiptHeader, serve } from '../../test/scripted-server.js'

describe('an answer', () => {
  it.each([
    ['gzip', gzipSync],
    ['X-GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['gzip, br', (text: string) => brotliCompressSync(gzipSync(text))],
    ['deflate,gzip', (text: string) => gzipSync(deflateRawSync(text))]
  ] as const)('in %s is decompressed, as fetch does', async (encoding, compress) => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(compress('squeezed'))
    })
    expect(await (await paying().bursar.fetch(server.url)).text()).toBe('squeezed')
  })

  it('M66: in deflate without the head of zlib is read, also where it is paid for', async () => {
    const server = await serve((arrival, response) => {
      if (!arrival.payment) return challenge(response)
      const headers = { 'PAYMENT-RESPONSE': receiptHeader(), 'content-encoding': 'deflate' }
      response.writeHead(200, headers).end(deflateRawSync('squeezed'))
    })
    const { bursar, payer } = paying()
    expect(await (await bursar.fetch(server.url)).text()).toBe('squeezed')
    expect(payer.signed).toHaveLength(1)
  })

  it('in a coding that is not known, or empty, is handed on as it came', async () => {
    const server = await serve(({ path }, response) => {
      const encoding = path === '/empty' ? 'gzip' : 'gzip, pigeon'
      response.writeHead(200, { 'content-encoding': encoding }).end(path === '/empty' ? '' : 'as it came')
    })
    const { bursar } = paying()
    expect(await (await bursar.fetch(server.url)).text()).toBe('as it came')
    expect(await (await bursar.fetch(`${server.url}/empty`)).text()).toBe('')
  })

  it('of a 402 that is longer than any price, and still on its way, is handed on whole', async () => {
    const page = Array.from({ length: 100_000 }, (_, line) => `<p>Line ${line}</p>`).join('')
    const packed = gzipSync(page)
    let goOn = (): void => {}
    const handed = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const server = await serve(async (_, response) => {
      response.writeHead(402, { 'content-encoding': 'gzip' })
      response.write(packed.subarray(0, 50_000))
      await handed
      response.end(packed.subarray(50_000))
    })
    const response = await paying().bursar.fetch(server.url)
    goOn()
    // More arrives before anybody reads, while what has read its beginning still waits for more.
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await response.text()) === page).toBe(true)
  })

  it('whose compression is broken fails its reader', async () => {
    const server = await serve(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip')
    )
    expect(await rejection((await paying().bursar.fetch(server.url)).text())).toBeInstanceOf(Error)
  })

  it('of 50 MB arrives whole, and its server waits for a slow reader', async () => {
    let written = 0
    const chunk = Buffer.alloc(1_000_000, 1)
    const server = await serve(async (_, response) => {
      for (let index = 0; index < 50; index++) {
        written += chunk.length
        if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve))
      }
      response.end()
    })
    const response = await paying().bursar.fetch(server.url)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(written).toBeLessThan(20_000_000)
    expect((await response.arrayBuffer()).byteLength).toBe(50_000_000)
  })

  it('without a body, and one to HEAD, has none', async () => {
    const server = await serve((_, response) => void response.writeHead(204).end())
    const { bursar } = paying()
    expect((await bursar.fetch(server.url)).body).toBeNull()
    expect((await bursar.fetch(server.url, { method: 'HEAD' })).body).toBeNull()
  })

  it('keeps its cookies apart', async () => {
    const server = await serve(
      (_, response) => void response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end()
    )
    expect((await paying().bursar.fetch(server.url)).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it('that refuses the connection is a TypeError, as with fetch', async () => {
    expect(await rejection(paying().bursar.fetch('http://127.0.0.1:1/'))).toMatchObject({
      name: 'TypeError',
      message: 'fetch failed'
    })
  })

  it('with a challenge beyond 16 KB is read, and one beyond 128 KB is rejected', async () => {
    const many = (count: number): unknown[] =>
      Array.from({ length: count }, () => ({ ...offer, scheme: 'other' }))
    const large = await serve((_, response) => challenge(response, [...many(100), offer]))
    const { bursar } = paying()
    expect((await bursar.quote(large.url)).offers).toHaveLength(1)
    const huge = await serve((_, response) => challenge(response, many(2_000)))
    expect(await rejection(bursar.fetch(huge.url))).toMatchObject({
      code: 'header/too-large',
      moneyState: 'none'
    })
  })

  it("goes through the caller's own dispatcher", async () => {
    const server = await serve(payable)
    const dispatcher = new Agent()
    let dispatched = 0
    const counting = dispatcher.compose((dispatch) => (options, handler) => {
      dispatched++
      return dispatch(options, handler)
    })
    await paying().bursar.fetch(server.url, { dispatcher: counting } as RequestInit)
    expect(dispatched).toBe(2)
    await dispatcher.close()
  })
})
