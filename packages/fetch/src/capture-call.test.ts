import { describe, expect, it } from 'vitest'
import { paying } from '../test/paying.js'
import { payable, serve } from '../test/scripted-server.js'

/** Lets no request leave the first server. */
function only(url: string) {
  const { host } = new URL(url)
  return ({ host: other }: URL): void => {
    if (other !== host) throw new RangeError(`${other} is not allowed`)
  }
}

describe('checkUrl', () => {
  it('M55: is asked before the first request, and nothing is sent when it throws', async () => {
    const server = await serve(payable)
    const { bursar } = paying()
    const checkUrl = only('http://127.0.0.1:1')
    await expect(bursar.fetch(server.url, { bursar: { checkUrl } })).rejects.toThrow(RangeError)
    await expect(bursar.quote(server.url, { bursar: { checkUrl } })).rejects.toThrow(RangeError)
    expect(server.arrivals).toEqual([])
  })

  it('is asked about what is no http as well, which the platform fetches', async () => {
    const { bursar } = paying()
    const checkUrl = ({ protocol }: URL): void => {
      if (protocol === 'data:') throw new RangeError('no data')
    }
    const given = { bursar: { checkUrl } }
    for (const url of ['data:,a', new URL('data:,a'), new Request('data:,a')])
      await expect(bursar.fetch(url, given)).rejects.toThrow('no data')
  })

  it('M55: is asked before each redirect is followed', async () => {
    const other = await serve(payable)
    const server = await serve((_, response) => void response.writeHead(307, { location: other.url }).end())
    const { bursar, payer } = paying()
    const checkUrl = only(server.url)
    for (const call of [bursar.fetch, bursar.quote])
      await expect(call(server.url, { bursar: { checkUrl } })).rejects.toThrow('is not allowed')
    expect([server.arrivals.length, other.arrivals.length, payer.prepared]).toEqual([2, 0, 0])
  })
})

describe('a name of the caller', () => {
  it.each([
    ['top-up http://a eip155:8453 0x1 1', {}],
    ['top-up http://a eip155:8453 0x1 1', { 'top-up': 'http://a' }],
    ['bursar:top-up http://a eip155:8453 0x1 1', { 'top-up': 'http://a' }]
  ])('M54: cannot be one of a top-up, whatever its labels: %s %o', async (purchase, labels) => {
    const server = await serve(payable)
    const { bursar } = paying()
    for (const call of [bursar.fetch, bursar.quote])
      await expect(call(server.url, { bursar: { purchase, labels } })).rejects.toThrow(TypeError)
    expect(server.arrivals).toEqual([])
  })
})
