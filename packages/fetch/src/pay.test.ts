import { expect, it } from 'vitest'
import { paying, rejection } from '../test/paying.js'
import { challengeOf, offer, receiptHeader } from '../test/scripted-server.js'
import type { OutgoingPayment, PayOptions } from './index.js'

const origin = 'https://mcp.example.com/report'
const receipt = { 'PAYMENT-RESPONSE': receiptHeader() }
const answer = async (): Promise<Response> => new Response('the report', { headers: receipt })

it('a challenge that another carrier brought is paid, and the answer comes with its receipt', async () => {
  const { bursar, payer } = paying()
  const sent: OutgoingPayment[] = []
  const response = await bursar.pay(challengeOf(), {
    origin,
    body: JSON.stringify({ day: 1 }),
    labels: { agent: 'research' },
    async send(payment) {
      sent.push(payment)
      return answer()
    }
  })
  expect(await response.text()).toBe('the report')
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled', amount: '0.01', resumed: false })
  const { headers = {}, payload } = sent[0] ?? {}
  expect(payload).toMatchObject({ x402Version: 2, accepted: offer })
  expect(JSON.parse(Buffer.from(headers['PAYMENT-SIGNATURE'] ?? '', 'base64').toString())).toEqual(payload)
  for await (const purchase of bursar.history())
    expect(purchase).toMatchObject({
      origin: 'https://mcp.example.com',
      path: '/report',
      method: 'POST',
      state: 'settled',
      call: 'answered',
      labels: { agent: 'research' }
    })
  expect(payer.signed).toHaveLength(1)
})

it.each([
  ['the text of a header', btoa(JSON.stringify(challengeOf()))],
  ['the text of a body', JSON.stringify(challengeOf())]
])('a challenge may be given as %s', async (_, challenge) => {
  const { bursar } = paying()
  expect(await (await bursar.pay(challenge, { origin, send: answer })).text()).toBe('the report')
})

it('a lost answer is asked for again with the same payment, and an equal call carries on what is still lost', async () => {
  const { bursar, payer } = paying()
  const sent: string[] = []
  let works = false
  const send = async ({ headers }: OutgoingPayment): Promise<Response> => {
    sent.push(headers['PAYMENT-SIGNATURE'] ?? '')
    if (!works) throw new TypeError('the pipe broke')
    return answer()
  }
  expect(await rejection(bursar.pay(challengeOf(), { origin, send }))).toMatchObject({
    code: 'payment/outcome-unknown',
    moneyState: 'sent'
  })
  works = true
  const response = await bursar.pay(challengeOf(), { origin, send })
  expect(bursar.receiptOf(response)).toMatchObject({ resumed: true })
  expect([sent.length, new Set(sent).size, payer.signed.length]).toEqual([4, 1, 1])
})

it('X44: where it is not known which header is read, the carrier gets both, with one authorization', async () => {
  const { bursar, payer } = paying()
  const sent: string[][] = []
  const challenge = challengeOf([offer], { error: 'X-PAYMENT header is required' })
  const send = async ({ headers }: OutgoingPayment) => {
    sent.push(Object.keys(headers))
    return new Response('here')
  }
  await bursar.pay(challenge, { origin, send })
  expect(sent).toEqual([['PAYMENT-SIGNATURE', 'X-PAYMENT']])
  expect(payer.signed).toHaveLength(1)
})

it('X16: no proof of the wallet is handed to what carries payments', async () => {
  const createProof = async () => {
    throw new TypeError('It signs in')
  }
  const { bursar } = paying({ proofs: { createProof }, signIn: 'always' })
  const challenge = challengeOf([offer], { extensions: { 'sign-in-with-x': { info: {} } } })
  const sent: string[][] = []
  const send = async ({ headers }: OutgoingPayment) => {
    sent.push(Object.keys(headers))
    return answer()
  }
  const response = await bursar.pay(challenge, { origin, send })
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'settled' })
  expect(sent).toEqual([['PAYMENT-SIGNATURE']])
})

it('a challenge that is no JSON is an error that says so, and nothing is signed', async () => {
  const { bursar, payer } = paying()
  const circular: Record<string, unknown> = { ...challengeOf() }
  circular.extensions = { circular }
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
  for (const challenge of [circular, { ...challengeOf(), extensions: deep }, { toJSON: () => undefined }])
    expect(await rejection(bursar.pay(challenge, { origin, send: answer }))).toMatchObject({
      moneyState: 'none'
    })
  expect(payer.signed).toEqual([])
})

it('a refusal is an error that says why, and an answer without a receipt is no settlement', async () => {
  const { bursar } = paying()
  const refuse = async (): Promise<Response> =>
    Response.json(challengeOf([offer], { error: 'not taken' }), { status: 402 })
  expect(await rejection(bursar.pay(challengeOf(), { origin, send: refuse }))).toMatchObject({
    code: 'payment/refused',
    context: { reason: 'not taken' }
  })
  const call = { origin, body: 'another', send: async () => new Response('here') }
  const response = await bursar.pay(challengeOf(), call)
  expect(bursar.receiptOf(response)).toMatchObject({ moneyState: 'sent' })
})

it('limits and allowed hosts go by the origin that the caller asked, whatever the challenge says of itself', async () => {
  const challenge = challengeOf([offer], { resource: { url: 'https://cheap.example.com/' } })
  const { bursar, payer } = paying({ allow: { hosts: ['cheap.example.com'] } })
  expect(await rejection(bursar.pay(challenge, { origin, send: answer }))).toMatchObject({
    code: 'request/host-refused',
    context: { host: 'mcp.example.com' }
  })
  const insecure = { origin: 'http://cheap.example.com/', send: answer }
  expect(await rejection(bursar.pay(challenge, insecure))).toMatchObject({ code: 'request/insecure' })
  expect(payer.signed).toEqual([])
})

it('equal calls in flight are one purchase, where they are to be joined', async () => {
  const { bursar, payer } = paying({ inFlight: 'join' })
  const call = { origin, send: answer }
  const responses = await Promise.all([1, 2, 3].map(() => bursar.pay(challengeOf(), call)))
  expect(await Promise.all(responses.map((response) => response.text()))).toEqual(Array(3).fill('the report'))
  expect(payer.signed).toHaveLength(1)
})

it.each([
  ['an unknown option', { orign: origin }, 'orign'],
  ['a missing origin', { origin: undefined }, 'origin'],
  ['an origin that is no http URL', { origin: 'mcp://tool/report' }, 'origin'],
  ['a missing send', { send: undefined }, 'send'],
  ['a name that is ours', { purchase: 'top-up 1' }, 'pay.purchase']
])('%s is a TypeError that names it, and nothing is signed', async (_, wrong, name) => {
  const { bursar, payer } = paying()
  const options: PayOptions = Object.assign({ origin, send: answer }, wrong)
  const paid = bursar.pay(challengeOf(), options)
  await expect(paid).rejects.toThrow(TypeError)
  await expect(paid).rejects.toThrow(name)
  expect(payer.signed).toEqual([])
})

it.each([[{ accepts: [] }], ['no base64'], ['{}']])(
  'what is no challenge (%j) is refused before anything is signed',
  async (challenge) => {
    const { bursar, payer } = paying()
    expect(await rejection(bursar.pay(challenge, { origin, send: answer }))).toMatchObject({
      code: expect.stringMatching(/malformed$/),
      moneyState: 'none'
    })
    expect(payer.signed).toEqual([])
  }
)
