import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { McpError, type Result } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it } from 'vitest'
import { asks, challengeOf, offer, paidTools, payable, receipt, sold } from '../../test/paid-tools.js'
import { payingClient } from '../client.js'

const call = { name: 'report', arguments: { day: 1 } }

it('X141: a tool that asks is called again with the payment as an object, and with what the first call had', async () => {
  const { paying, arrivals, bursar, purchases } = await paidTools(payable, { labels: { agent: 'research' } })
  const progress: unknown[] = []
  const result = await paying.callTool({ ...call, _meta: { mine: 1 } }, undefined, {
    onprogress: (each) => progress.push(each)
  })
  expect(result).toEqual({
    content: [{ type: 'text', text: 'the report' }],
    _meta: { 'x402/payment-response': receipt }
  })
  expect(bursar.receiptOf(result)).toMatchObject({ moneyState: 'settled', amount: '0.01', resumed: false })
  const [unpaid, paid] = arrivals
  expect(paid).toMatchObject({ name: unpaid?.name, arguments: unpaid?.arguments })
  expect(paid?.meta).toEqual({
    mine: 1,
    progressToken: expect.any(Number),
    'x402/payment': expect.objectContaining({ x402Version: 2, accepted: offer })
  })
  expect(await purchases()).toMatchObject([
    {
      origin: 'https://mcp.example.com',
      path: '/mcp/report',
      state: 'settled',
      call: 'answered',
      labels: { agent: 'research' }
    }
  ])
})

const text = JSON.stringify(challengeOf())
const inError = (code: number, data: unknown) => () => {
  throw new McpError(code, 'Payment required', data)
}
const forms: [string, () => Result][] = [
  ['X140: in structuredContent', () => ({ ...asks(), content: [] })],
  ['X140: in the first text', () => ({ isError: true, content: [{ type: 'text', text }] })],
  [
    'X144: as the result type of a later protocol',
    () => ({ resultType: 'payment_required', paymentRequired: challengeOf() })
  ],
  ['X145: in an error with code -32042', inError(-32042, challengeOf())],
  ['X145: in an error with code 402, beside MPP', inError(402, { challenges: [{}], x402: challengeOf() })],
  ['X145: in an error with any other code', inError(-32000, challengeOf())]
]

it.each(forms)('a challenge is found %s', async (_, ask) => {
  const { paying, bursar, signed } = await paidTools(({ payment }) => (payment ? sold() : ask()))
  const result = await paying.callTool(call)
  expect(bursar.receiptOf(result)).toMatchObject({ moneyState: 'settled' })
  expect(signed()).toBe(1)
})

it('the server of x402-mcp 0.0.5 gets the text of a header of version 1, and its receipt is read', async () => {
  const { amount: maxAmountRequired, ...rest } = offer
  const accepts = [{ ...rest, network: 'base', maxAmountRequired, resource: 'mcp://tool/report' }]
  const challenge = { x402Version: 1, error: '_meta.x402.payment is required', accepts }
  const { paying, arrivals, bursar } = await paidTools(({ meta }) =>
    meta['x402.payment']
      ? sold('v1', { _meta: { 'x402.payment-response': { ...receipt, network: 'base' } } })
      : asks(challenge)
  )
  expect(bursar.receiptOf(await paying.callTool(call))).toMatchObject({ moneyState: 'settled' })
  const meta = arrivals[1]?.meta ?? {}
  const inText = JSON.parse(Buffer.from(String(meta['x402.payment']), 'base64').toString())
  expect(inText).toMatchObject({ x402Version: 1, scheme: 'exact', network: 'base' })
  expect(meta['x402/payment']).toEqual(inText)
})

describe('what is no challenge goes back as it came, once, and nothing is signed:', () => {
  const MPP = { httpStatus: 402, challenges: [{ id: 'one', method: 'evm' }] }
  const answers: [string, () => Result][] = [
    [
      'X152: a free tool, which is not called to ask its price',
      () => ({ content: [{ type: 'text', text }] })
    ],
    ['a tool that failed', () => ({ isError: true, content: [{ type: 'text', text: 'no such day' }] })],
    [
      'an error of another kind',
      () => ({ isError: true, structuredContent: { x402Version: '2' }, content: [] })
    ]
  ]
  it.each(answers)('%s', async (_, answer) => {
    const { paying, arrivals, purchases } = await paidTools(answer)
    expect(await paying.callTool(call)).toEqual(answer())
    expect([arrivals.length, await purchases()]).toEqual([1, []])
  })

  it('X145: MPP alone, which is another protocol', async () => {
    const { paying, arrivals, purchases } = await paidTools(inError(-32042, MPP))
    await expect(paying.callTool(call)).rejects.toMatchObject({ code: -32042, data: MPP })
    expect([arrivals.length, await purchases()]).toEqual([1, []])
  })
})

it('all but callTool is the client’s own', async () => {
  const { paying, client } = await paidTools(payable)
  expect(await paying.ping()).toEqual({})
  expect(paying.getServerVersion()).toEqual({ name: 'a seller', version: '1' })
  expect(await client.callTool(call)).toMatchObject({ isError: true })
  expect(paying.transport).toBe(client.transport)
})

it('a payment of the caller’s own is a TypeError, since the tool would be paid twice', async () => {
  const { paying, arrivals } = await paidTools(payable)
  for (const key of ['x402/payment', 'x402.payment'])
    await expect(paying.callTool({ ...call, _meta: { [key]: {} } })).rejects.toThrow(TypeError)
  expect(arrivals).toEqual([])
})

it('a transport that does not say where it leads needs `server`, and nothing is signed without', async () => {
  const { client, bursar, purchases } = await paidTools(payable)
  await expect(payingClient(client, bursar).callTool(call)).rejects.toThrow('server is required')
  expect(await purchases()).toEqual([])
  const wrong = { server: 'mcp://tool/report' }
  expect(() => payingClient(client, bursar, wrong)).toThrow('payingClient.server')
  expect(() => payingClient(client, bursar, Object.assign({ sever: '' }))).toThrow('sever')
})

it('X148: over standard input and output, the command is the seller, and a name that nobody can register', async () => {
  const { client, bursar, purchases } = await paidTools(payable)
  const stdio = new StdioClientTransport({ command: 'npx', args: ['-y', 'weather-mcp'] })
  const onStdio = new Proxy(client, {
    get: (target, name) => (name === 'transport' ? stdio : Reflect.get(target, name, target))
  })
  await payingClient(onStdio, bursar).callTool(call)
  expect(await purchases()).toMatchObject([
    { origin: expect.stringMatching(/^https:\/\/[0-9a-f]{32}\.stdio\.invalid$/), path: '/report' }
  ])
})
