import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../../test/paying.js'
import { challenge, receiptHeader, type ScriptedServer, serve } from '../../test/scripted-server.js'

/** 95 KB that unpack for hours and never give a byte: empty members of gzip, 1.2 billion of them, packed twice more. */
function endless(): Buffer {
  const many = (one: Buffer, count: number): Buffer => Buffer.alloc(one.length * count, one)
  return gzipSync(many(gzipSync(many(gzipSync(''), 400_000)), 3_000))
}

const packed = endless()
const coding = { 'content-encoding': 'gzip, gzip, gzip' }
/** Only what is unpacked may be late: what says the price has all the time that a busy machine takes. */
const late = { afterPaymentMs: 2_000, idleBodyMs: 500 }

/** A server whose answer has arrived whole long before it is unpacked. */
function packing(status: number): Promise<ScriptedServer> {
  return serve(({ path, payment }, response) => {
    if (path === '/paid' && !payment) return challenge(response)
    const receipt = path === '/paid' && status === 200 ? { 'PAYMENT-RESPONSE': receiptHeader() } : {}
    response.writeHead(status, { ...coding, ...receipt }).end(packed)
  })
}

describe('a short answer that unpacks for hours, into nothing,', () => {
  it('is given up in time where it asks for money', async () => {
    const server = await packing(402)
    const { bursar, payer } = paying({ timeouts: { beforePaymentMs: 500 } })
    expect(await rejection(bursar.fetch(`${server.url}/a`))).toMatchObject({ code: 'request/timeout' })
    expect(payer.signed).toEqual([])
  }, 30_000)

  it.each([402, 500])(
    'is given up in time where it refuses a payment with %i',
    async (status) => {
      const server = await packing(status)
      const { bursar } = paying({ timeouts: late })
      expect(await rejection(bursar.fetch(`${server.url}/paid`))).toMatchObject({
        code: status === 402 ? 'payment/refused' : 'payment/failed',
        moneyState: 'sent'
      })
    },
    30_000
  )

  it('fails the reader of a paid answer in time, with the state of the money', async () => {
    const server = await packing(200)
    const answer = await paying({ timeouts: late }).bursar.fetch(`${server.url}/paid`)
    expect(await rejection(answer.text())).toMatchObject({
      code: 'payment/settled-answer-lost',
      moneyState: 'settled'
    })
  }, 30_000)

  it.each(['/a', '/paid'])(
    'is given up by the signal of who asked %s',
    async (path) => {
      const server = await packing(200)
      const given = new AbortController()
      const answer = await paying().bursar.fetch(server.url + path, { signal: given.signal })
      const reading = rejection(answer.text())
      given.abort(new Error('enough'))
      const error = await reading
      expect(error).toMatchObject(path === '/a' ? { message: 'enough' } : { moneyState: 'settled' })
    },
    30_000
  )
})

it('passes on unchanged what names more codings than fetch decodes', async () => {
  const text = Array.from({ length: 6 }).reduce<Buffer>((inner) => gzipSync(inner), Buffer.from('deep'))
  const codings = Array.from({ length: 6 }, () => 'gzip').join(', ')
  const server = await serve(
    (_, response) => void response.writeHead(200, { 'content-encoding': codings }).end(text)
  )
  const answer = await paying().bursar.fetch(server.url)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(text)
})
