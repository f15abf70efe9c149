import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { payable, serve } from '../../test/scripted-server.js'

const bytes = new TextEncoder().encode('{"a":1}')

async function* generate(): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 3)
  yield bytes.subarray(3)
}

describe('peers defect 8: a body of any kind is sent on both legs, byte for byte:', () => {
  it.each([
    ['string', () => '{"a":1}', 'text/plain;charset=UTF-8'],
    ['Uint8Array', () => bytes, undefined],
    ['view into a larger buffer', () => Buffer.from('xx{"a":1}yy').subarray(2, 9), undefined],
    ['DataView', () => new DataView(bytes.buffer.slice(0)), undefined],
    ['ArrayBuffer', () => bytes.buffer.slice(0), undefined],
    ['Blob', () => new Blob(['{"a"', ':1}'], { type: 'application/json' }), 'application/json'],
    ['ReadableStream', () => new Blob(['{"a":1}']).stream(), undefined],
    ['async iterable', () => generate(), undefined]
  ])('%s', async (_, make, contentType) => {
    const server = await serve(payable)
    const init = { method: 'POST', body: make() as BodyInit, duplex: 'half' }
    expect((await paying().bursar.fetch(server.url, init as RequestInit)).status).toBe(200)
    expect(server.arrivals.map(({ body }) => body.toString())).toEqual(['{"a":1}', '{"a":1}'])
    expect(server.arrivals.map(({ headers }) => headers['content-type'])).toEqual([contentType, contentType])
    expect(server.arrivals.map(({ headers }) => headers['content-length'])).toEqual(['7', '7'])
  })

  it('URLSearchParams', async () => {
    const server = await serve(payable)
    await paying().bursar.fetch(server.url, { method: 'POST', body: new URLSearchParams({ q: 'a b&c' }) })
    expect(server.arrivals.map(({ body }) => body.toString())).toEqual(['q=a+b%26c', 'q=a+b%26c'])
  })

  it('FormData, with one boundary and its files', async () => {
    const server = await serve(payable)
    const form = new FormData()
    form.append('text "quoted"', 'line\nbreak')
    form.append('file', new File([Uint8Array.of(0, 255, 13, 10)], 'a"b.bin', { type: 'image/png' }))
    await paying().bursar.fetch(server.url, { method: 'POST', body: form })
    const [unpaid, paid] = server.arrivals
    expect(paid?.body.equals(unpaid?.body ?? Buffer.of())).toBe(true)
    const parsed = await new Response(new Uint8Array(paid?.body ?? []), {
      headers: { 'content-type': paid?.headers['content-type'] ?? '' }
    }).formData()
    expect(parsed.get('text "quoted"')).toBe('line\r\nbreak')
    const file = parsed.get('file') as File
    expect([file.name, file.type, [...new Uint8Array(await file.arrayBuffer())]]).toEqual([
      'a"b.bin',
      'image/png',
      [0, 255, 13, 10]
    ])
  })

  it('Request, with its method, headers and body', async () => {
    const server = await serve(payable)
    const request = new Request(`${server.url}/p?q=1`, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'x-mine': 'yes' }
    })
    expect((await paying().bursar.fetch(request)).status).toBe(200)
    expect(
      server.arrivals.map(({ method, path, body, headers }) => [
        method,
        path,
        body.toString(),
        headers['x-mine']
      ])
    ).toEqual([
      ['POST', '/p?q=1', '{"a":1}', 'yes'],
      ['POST', '/p?q=1', '{"a":1}', 'yes']
    ])
  })
})

describe('capturing', () => {
  it('rejects a Request whose body was used, and signs nothing', async () => {
    const server = await serve(payable)
    const request = new Request(server.url, { method: 'POST', body: 'x' })
    await request.text()
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(request))).toBeInstanceOf(TypeError)
    expect([payer.prepared, server.arrivals.length]).toEqual([0, 0])
  })

  it('rejects a stream beyond its bound with a clear error, and sends nothing', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying({ maxStreamBytes: 6 })
    const error = await rejection(
      bursar.fetch(server.url, { method: 'POST', body: generate() as unknown as BodyInit })
    )
    expect(error).toMatchObject({
      code: 'request/body-too-large',
      moneyState: 'none',
      context: { limitBytes: 6 }
    })
    expect([payer.prepared, server.arrivals.length]).toEqual([0, 0])
  })

  it('rejects what is no body, a GET with a body, and an invalid URL, as fetch does', async () => {
    const { bursar } = paying()
    for (const call of [
      bursar.fetch('http://127.0.0.1:1/', { method: 'POST', body: 7 as unknown as BodyInit }),
      bursar.fetch('http://127.0.0.1:1/', { body: 'x' }),
      bursar.fetch('http://')
    ]) {
      expect(await rejection(call)).toBeInstanceOf(TypeError)
    }
  })

  it('does not send the placeholder key that SDKs insist on', async () => {
    const server = await serve(payable)
    await paying().bursar.fetch(server.url, { headers: { Authorization: 'Bearer x402' } })
    await paying().bursar.fetch(server.url, { headers: { Authorization: 'Bearer real' } })
    expect(server.arrivals.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      undefined,
      'Bearer real',
      'Bearer real'
    ])
  })

  it('takes headers in every form that fetch takes', async () => {
    const server = await serve((_, response) => void response.end())
    const { bursar } = paying()
    for (const headers of [
      { 'X-A': '1' },
      [['X-A', '1']] as [string, string][],
      new Headers({ 'X-A': '1' })
    ]) {
      await bursar.fetch(server.url, { headers })
    }
    expect(server.arrivals.map(({ headers }) => headers['x-a'])).toEqual(['1', '1', '1'])
  })

  it('M57: does not let the caller set another host than the URL names', async () => {
    const server = await serve(payable)
    const { bursar, payer } = paying()
    const { host } = new URL(server.url)
    for (const headers of [{ Host: 'evil.example' }, [['hOst', 'evil.example']] as [string, string][]])
      expect(await rejection(bursar.fetch(server.url, { headers }))).toBeInstanceOf(TypeError)
    expect([payer.signed, server.arrivals]).toEqual([[], []])
    expect((await bursar.fetch(server.url, { headers: { host } })).status).toBe(200)
    expect(server.arrivals[0]?.headers.host).toBe(host)
  })

  it('M26: knows one spelling of a host, and sends no fragment', async () => {
    const urls: string[] = []
    const fetch = async (url: string): Promise<Response> => {
      urls.push(url)
      return new Response('free')
    }
    const { bursar } = paying({ fetch })
    for (const url of ['https://pay.test./a#x', 'https://PAY.test:443/a', 'https://pay.test../a'])
      await bursar.fetch(url)
    expect(new Set(urls)).toEqual(new Set(['https://pay.test/a']))
  })

  it('leaves data: URLs to the platform', async () => {
    expect(await (await paying().bursar.fetch('data:text/plain,hello')).text()).toBe('hello')
  })
})
