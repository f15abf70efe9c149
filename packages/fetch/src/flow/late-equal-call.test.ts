import { describe, expect, it } from 'vitest'
import { until } from '../../../../test/until.js'
import { buy } from '../../test/held-server.js'
import { paying } from '../../test/paying.js'
import { challenge, receiptHeader, type Script, serve } from '../../test/scripted-server.js'

const MEGABYTE = Buffer.alloc(2 ** 20, 'x')

/** A server that says its price to the second call only when the test lets it. */
async function latePrice(answer: Script) {
  let release = (): void => {}
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  let unpaid = 0
  const server = await serve(async (arrival, response, index) => {
    if (arrival.payment) return answer(arrival, response, index)
    if (++unpaid === 2) await isReleased
    challenge(response)
  })
  return { ...server, release, secondAsks: () => until(() => unpaid === 2) }
}

async function lengthOf(response: Response): Promise<number> {
  let length = 0
  for await (const chunk of response.body ?? []) length += chunk.byteLength
  return length
}

describe('an equal call that has its price when the answer of the first cannot be had from its beginning', () => {
  const parts = 70
  const long: Script = async (_, response) => {
    response.writeHead(200, { 'PAYMENT-RESPONSE': receiptHeader() })
    for (let part = 0; part < parts; part++)
      if (!response.write(MEGABYTE)) await new Promise((resolve) => response.once('drain', resolve))
    response.end()
  }

  it('has it by the same bytes, where it was longer than is kept', async () => {
    const server = await latePrice(long)
    const { bursar, payer } = paying({ inFlight: 'join' })
    const first = await bursar.fetch(server.url, buy)
    const second = bursar.fetch(server.url, buy)
    await server.secondAsks()
    expect(await lengthOf(first)).toBe(parts * MEGABYTE.byteLength)
    server.release()
    expect(await lengthOf(await second)).toBe(parts * MEGABYTE.byteLength)
    expect([payer.signed.length, server.paid().length]).toEqual([1, 2])
  })

  it('takes nothing from who is reading it', async () => {
    const server = await latePrice(long)
    const { bursar, payer } = paying({ inFlight: 'join' })
    const reader = (await bursar.fetch(server.url, buy)).body?.getReader()
    const second = bursar.fetch(server.url, buy)
    await server.secondAsks()
    let length = 0
    const read = async (limit: number): Promise<void> => {
      while (length < limit) {
        const { value } = (await reader?.read()) ?? {}
        if (!value) return
        length += value.byteLength
      }
    }
    await read(66 * MEGABYTE.byteLength)
    server.release()
    const [other] = await Promise.all([second.then(lengthOf), read(Number.POSITIVE_INFINITY)])
    expect([length, other]).toEqual([parts * MEGABYTE.byteLength, parts * MEGABYTE.byteLength])
    expect([payer.signed.length, server.paid().length]).toEqual([1, 2])
  })

  it('has it by the same bytes, where the first has left it', async () => {
    const server = await latePrice((_, response, index) => {
      response.writeHead(200, { 'PAYMENT-RESPONSE': receiptHeader() }).write('bou')
      if (index > 2) response.end('ght')
    })
    const { bursar, payer } = paying({ inFlight: 'join' })
    const first = await bursar.fetch(server.url, buy)
    const second = bursar.fetch(server.url, buy)
    await server.secondAsks()
    const reader = first.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    server.release()
    expect(await (await second).text()).toBe('bought')
    expect([payer.signed.length, new Set(server.paid().map(({ payment }) => payment)).size]).toEqual([1, 1])
  })
})
