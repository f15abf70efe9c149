import {
  ReadResourceRequestSchema,
  ToolListChangedNotificationSchema
} from '@modelcontextprotocol/sdk/types.js'
import { expect, it } from 'vitest'
import { paidBridge, textsOf } from '../../test/paid-bridge.js'
import { asks, challengeOf, offer, payable, receipt, sold } from '../../test/paid-tools.js'
import { Confirmation } from '../host/confirmation.js'
import { createBridge } from './create-bridge.js'

const tool = { name: 'report', description: 'A report', inputSchema: { type: 'object' } } as const

it('pays for a tool, and hands its result on with what it cost and what is left', async () => {
  const { call, purchases, signed } = await paidBridge(payable)
  const result = await call('report', { day: 1 })
  const [own, money = ''] = textsOf(result)
  expect(own).toBe('the report')
  expect(JSON.parse(money)).toMatchObject({
    paid: expect.stringContaining('0.01 USDC on eip155:8453'),
    spent: '0.01 USDC',
    left: { 'each payment': 'at most 0.05 USD' }
  })
  expect(result._meta).toEqual({ 'x402/payment-response': receipt })
  expect(await purchases()).toMatchObject([
    { origin: 'https://mcp.example.com', path: '/mcp/report', state: 'settled', labels: { agent: 'mcp' } }
  ])
  expect(signed()).toBe(1)
})

it('shows each tool with what is known of its price, and never as one that may be called without asking', async () => {
  const listed = { x402: { accepts: [{ ...offer, amount: '20000' }] } }
  const tools = [
    { ...tool, annotations: { readOnlyHint: true, idempotentHint: true } },
    { ...tool, name: 'listed', _meta: listed }
  ]
  const { host, call } = await paidBridge(payable, { tools })
  const changed = new Promise((resolve) => {
    host.setNotificationHandler(ToolListChangedNotificationSchema, resolve)
  })
  const descriptions = async () => (await host.listTools()).tools.map(({ description }) => description)
  expect(await descriptions()).toEqual([
    expect.stringMatching(/^A report\n\nPrice: not known before it is called; at most 0.05 USD are paid/),
    expect.stringContaining('Price: 0.02 USDC on eip155:8453, as its server lists it. SPENDS REAL MONEY')
  ])
  await call('report')
  await changed
  expect((await descriptions())[0]).toContain('Price: 0.01 USDC on eip155:8453, when it was last called.')
  for (const { annotations } of (await host.listTools()).tools)
    expect(annotations).toMatchObject({ readOnlyHint: false, destructiveHint: true, idempotentHint: false })
})

it('hands a free tool on as it is, as often as it is called', async () => {
  const free = { content: [{ type: 'text', text: 'free' }], structuredContent: { free: true } }
  const { call, arrivals, purchases } = await paidBridge(() => free)
  expect(await Promise.all([call('roll', { sides: 6 }), call('roll', { sides: 6 })])).toEqual([free, free])
  expect([arrivals.length, await purchases()]).toEqual([2, []])
})

it('says what happened to the money where a limit rejects a price', async () => {
  const { call, signed } = await paidBridge(() => asks(challengeOf({ amount: '900000' })))
  const rejected = await call('report')
  expect(rejected.isError).toBe(true)
  expect(textsOf(rejected)[0]).toMatch(/0\.9 USDC[\s\S]*offer\/over-limit; nothing was paid/)
  expect(signed()).toBe(0)
})

it('hands on nothing of what a host says beside the arguments, so that no payment of its own passes', async () => {
  const { host, arrivals } = await paidBridge(payable)
  await host.callTool({ name: 'report', arguments: {}, _meta: { 'x402/payment': { fake: true }, secret: 1 } })
  expect(arrivals[0]?.meta).toEqual({})
  expect(JSON.stringify(arrivals)).not.toMatch(/fake|secret/)
})

it('hands on all other requests and notifications', async () => {
  const { host, server } = await paidBridge(payable, { capabilities: { resources: {}, logging: {} } })
  expect(host.getServerVersion()).toEqual({ name: 'a seller', version: '1' })
  expect(host.getServerCapabilities()).toEqual({ tools: { listChanged: true }, resources: {}, logging: {} })
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => ({
    contents: [{ uri, text: 'its text' }]
  }))
  const { contents } = await host.readResource({ uri: 'file:///a' })
  expect(contents).toEqual([{ uri: 'file:///a', text: 'its text' }])
  await expect(host.getPrompt({ name: 'none' })).rejects.toMatchObject({ code: -32601 })
  const told: unknown[] = []
  host.fallbackNotificationHandler = async ({ method, params }) => void told.push([method, params])
  const params = { level: 'info', data: 'hello' } as const
  await server.notification({ method: 'notifications/message', params })
  await expect.poll(() => told).toEqual([['notifications/message', params]])
})

it('a tool that fails without a receipt is handed on, with what can still be taken', async () => {
  const { call } = await paidBridge(({ payment }) =>
    payment ? { isError: true, content: [{ type: 'text', text: 'no such day' }] } : asks()
  )
  const failed = await call('report')
  expect(failed.isError).toBe(true)
  const [own, money] = textsOf(failed)
  expect(own).toBe('no such day')
  expect(money).toContain('0.01 USDC on eip155:8453 can still be taken')
})

it('two equal calls at once of a tool that is paid are one purchase, and one after both is another', async () => {
  const { call, signed } = await paidBridge(({ payment }) => (payment ? sold() : asks()))
  const results = await Promise.all([call('report', { a: 1, b: 2 }), call('report', { b: 2, a: 1 })])
  expect(results.map((result) => textsOf(result)[0])).toEqual(['the report', 'the report'])
  expect(signed()).toBe(1)
  await call('report', { a: 1, b: 2 })
  expect(signed()).toBe(2)
})

it('asks the person at the host about a dear payment, where one is named so', async () => {
  const asking = (pay: boolean) =>
    paidBridge(payable, {
      confirmation: new Confirmation({ above: '0.001' }),
      person: () => ({ action: 'accept', content: { pay } })
    })
  const willing = await asking(true)
  expect(textsOf(await willing.call('report'))[0]).toBe('the report')
  const unwilling = await asking(false)
  expect(textsOf(await unwilling.call('report'))[0]).toMatch(/offer\/declined; nothing was paid/)
  expect([willing.signed(), unwilling.signed()]).toEqual([1, 0])
})

it('hands no secret of the operator to the server', async () => {
  const { call, arrivals } = await paidBridge(payable, { secrets: ['abcdef0123456789'] })
  const refused = await call('report', { note: ['my key is 0xABCDEF0123456789'] })
  expect(textsOf(refused)[0]).toContain('holds a secret of the operator')
  expect(arrivals).toEqual([])
})

it('a result that hosts could not read is bought once, and said so in its place', async () => {
  const long = 'x'.repeat(10 * 1024 * 1024)
  const { call, signed } = await paidBridge(({ payment, name }) =>
    payment || name === 'free' ? sold(long) : asks()
  )
  for (let attempt = 0; attempt < 2; attempt++) {
    const unread = await call('report')
    expect([unread.isError, textsOf(unread)]).toEqual([
      true,
      [expect.stringMatching(/than hosts read in one message. Paid: 0\.\d+ USDC on eip155/)]
    ])
  }
  expect(signed()).toBe(1)
  expect(textsOf(await call('free'))[0]).toMatch(/Nothing was paid for it/)
})

it('is built of what it knows alone: a misspelled confirmation would ask nobody', () => {
  const context = { confirmations: new Confirmation({ above: '0.10' }) }
  expect(() => createBridge(context as never)).toThrow(/confirmations is not an option; did you mean/)
  expect(() => createBridge({} as never)).toThrow(/bursar is required/)
})
