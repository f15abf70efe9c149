import { gzipSync } from 'node:zlib'
import { encodeHeader, isJsonObject } from '@bursar/core'
import { exactEvmPayloadSchema, paymentV1Schema, paymentV2Schema } from '@bursar/core/wire'
import { createEvmPayer } from '@bursar/evm'
import { describe, expect, it } from 'vitest'
import { paying, rejection } from '../packages/fetch/test/paying.js'
import {
  type Arrival,
  challengeOf,
  offer,
  receiptHeader,
  serve
} from '../packages/fetch/test/scripted-server.js'

const key = '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d'
const { amount, ...rest } = offer
const offerV1 = { ...rest, network: 'base', maxAmountRequired: amount }
const v1 = { x402Version: 1, error: 'X-PAYMENT header is required', accepts: [offerV1] }
const bodyOnly = { x402Version: 2, accepts: [offer] }

/** A 402, as a seller sends it. */
interface Answer {
  readonly header?: string
  readonly body?: unknown
  readonly type?: string
  readonly isGzipped?: boolean
  /** Headers of other protocols. */
  readonly beside?: Readonly<Record<string, string[]>>
}

/** Both headers that pay, each read by its strict schema, the payload too. */
function readStrictly({ headers }: Arrival) {
  const decode = (value: unknown): unknown =>
    value === undefined ? undefined : JSON.parse(Buffer.from(String(value), 'base64').toString())
  const [v2Json, v1Json] = [decode(headers['payment-signature']), decode(headers['x-payment'])]
  const second = v2Json === undefined ? undefined : paymentV2Schema.parse(v2Json)
  const first = v1Json === undefined ? undefined : paymentV1Schema.parse(v1Json)
  for (const payment of [first, second]) if (payment) exactEvmPayloadSchema.parse(payment.payload)
  return { v1: first, v2: second }
}

/** A node:http seller that asks in one way and reads what it is sent as strictly as facilitators do. */
async function seller({
  header,
  body = {},
  type = 'application/json',
  isGzipped = false,
  beside = {}
}: Answer) {
  return serve((arrival, response) => {
    const { v1: first, v2: second } = readStrictly(arrival)
    if (first || second)
      return void response.writeHead(200, { 'PAYMENT-RESPONSE': receiptHeader() }).end('paid')
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    response.writeHead(402, {
      'content-type': type,
      ...beside,
      ...(header === undefined ? {} : { 'PAYMENT-REQUIRED': header }),
      ...(isGzipped ? { 'content-encoding': 'gzip' } : {})
    })
    response.end(isGzipped ? gzipSync(text) : text)
  })
}

const payers = () => [createEvmPayer({ account: key })]
const bare = encodeHeader([offerV1])
/** MPP's, beside another scheme of HTTP. */
const beside = {
  'www-authenticate': [
    'Bearer realm="api.example.com"',
    'Payment id="one", realm="api.example.com", method="evm", intent="charge", request="e30"'
  ]
}
const problem = { type: 'https://paymentauth.org/problems/payment-required', status: 402 }
const none = encodeHeader(challengeOf([{ ...offer, scheme: 'barter' }]))

describe('X73: a challenge, wherever and however it stands, is paid in the header that it asks for', () => {
  it.each<[string, Answer, 'v1' | 'v2']>([
    [
      'X46: in the header, as base64url',
      { header: Buffer.from(JSON.stringify(challengeOf())).toString('base64url') },
      'v2'
    ],
    ['X46: in the header, as JSON', { header: JSON.stringify(challengeOf()) }, 'v2'],
    ['X47: in the body, beside a header that does not decode', { header: '%%%', body: v1 }, 'v1'],
    ['X47: in the body, beside a header with no offer that is known', { header: none, body: bodyOnly }, 'v2'],
    [
      'X47: in the header, beside a body that is another thing',
      { header: encodeHeader(challengeOf()), body: v1 },
      'v2'
    ],
    ['X48: in the body, beside a header of bare offers', { header: bare, body: v1 }, 'v1'],
    ['X48: in a header of bare offers alone', { header: bare }, 'v1'],
    ['X49: in the body alone, as v2', { body: bodyOnly }, 'v2'],
    ['X50: in a body of plain text', { body: v1, type: 'text/plain' }, 'v1'],
    ['X50: in a gzipped body', { body: v1, isGzipped: true }, 'v1'],
    [
      'X51: in the header, beside challenges of other protocols',
      { header: encodeHeader(challengeOf()), body: problem, type: 'application/problem+json', beside },
      'v2'
    ],
    ['X51: in the body, beside challenges of other protocols', { body: v1, beside }, 'v1']
  ])('%s', async (_what, answer, version) => {
    const shop = await seller(answer)
    const { bursar } = paying({ payers: payers() })
    const response = await bursar.fetch(shop.url)
    expect([response.status, await response.text()]).toEqual([200, 'paid'])
    const [paid, ...more] = shop.paid().map(readStrictly)
    expect(more).toEqual([])
    expect(paid?.[version]).toBeDefined()
    expect(paid?.[version === 'v1' ? 'v2' : 'v1']).toBeUndefined()
  })

  it.each(['undici', 'fetch'])(
    'X44: in both headers with one authorization, through %s',
    async (transport) => {
      const body = { ...v1, x402Version: 2, accepts: [{ ...offer, network: 'base' }] }
      const shop = await seller({ body })
      const options = transport === 'fetch' ? { fetch: globalThis.fetch } : {}
      const { bursar } = paying({ payers: payers(), ...options })
      expect((await bursar.fetch(shop.url)).status).toBe(200)
      const [paid] = shop.paid().map(readStrictly)
      expect(paid?.v1).toMatchObject({ scheme: 'exact', network: 'base' })
      expect(isJsonObject(paid?.v2?.accepted) && paid.v2.accepted.network).toBe('base')
      expect(paid?.v1?.payload).toEqual(paid?.v2?.payload)
    }
  )

  it('is malformed only where header and body both are', async () => {
    const shop = await seller({ header: '%%%', body: 'gone' })
    const { bursar, payer } = paying()
    expect(await rejection(bursar.fetch(shop.url))).toMatchObject({
      code: 'header/malformed',
      moneyState: 'none'
    })
    expect(payer.prepared).toBe(0)
  })
})

it.each(['HEAD', 'OPTIONS'])('a 402 to %s goes back untouched, and nothing is signed', async (method) => {
  const shop = await seller({ header: encodeHeader(challengeOf()), body: v1 })
  const { bursar, payer } = paying()
  const response = await bursar.fetch(shop.url, { method })
  expect([response.status, response.headers.has('payment-required')]).toEqual([402, true])
  expect(await response.text()).toBe(method === 'HEAD' ? '' : JSON.stringify(v1))
  expect([payer.prepared, shop.arrivals.length]).toEqual([0, 1])
  expect((await bursar.quote(shop.url, { method })).offers).toEqual([])
})
