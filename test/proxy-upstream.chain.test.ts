import { stackTest } from '@bursar/gateway/vitest'
import { expect } from 'vitest'
import { proxyOn, say, TOKEN } from './proxy-on.js'

const test = stackTest({ solana: false })
const bearer = { authorization: `Bearer ${TOKEN}` }

test('any x402 service is paid through the proxy, whatever the path and method, within the limits', async ({
  stack
}) => {
  const paid = new URL(stack.env.X402_REPORT_URL)
  const baseUrl = paid.href.replace(/\/report$/, '')
  const limits = { payment: '0.5', total: '0.015' }
  const { proxy, ledger } = await proxyOn(stack, { service: { name: 'upstream', baseUrl }, limits })
  const before = stack.gateway.requests.length
  const report = await fetch(`${proxy.url}/report?since=1`, { headers: bearer })
  expect([report.status, report.headers.get('x-bursar-cost')]).toEqual([200, '0.01'])
  expect((await report.text()).length).toBeGreaterThan(0)
  const sent = stack.gateway.requests.slice(before)
  expect(JSON.stringify(sent)).not.toContain(TOKEN)
  const second = await fetch(`${proxy.url}/report?since=2`, { headers: bearer })
  expect([second.status, second.headers.get('x-bursar-money')]).toEqual([402, 'none'])
  expect(proxy.spent().payment).toBe('0.01')
  const settled: (string | undefined)[] = []
  for await (const { state, labels } of ledger.history()) if (state === 'settled') settled.push(labels.agent)
  expect(settled).toEqual(['default'])
})

test('what an upstream answers without a price goes back as it came, and nobody gets through without a token', async ({
  stack
}) => {
  const baseUrl = stack.env.KATANA_URL as string
  const { proxy, post } = await proxyOn(stack, { service: { name: 'upstream', baseUrl } })
  const missing = await fetch(`${proxy.url}/no/such/path`, { headers: bearer, method: 'DELETE' })
  expect([missing.status >= 400, missing.headers.get('x-bursar-cost')]).toEqual([true, null])
  expect((await fetch(`${proxy.url}/v1/models`)).status).toBe(401)
  expect((await fetch(`${proxy.url}/v1/models`, { headers: bearer })).status).toBe(200)
  const key = { 'idempotency-key': 'once' }
  const answers = await Promise.all([post(say('through'), key), post(say('through'), key)])
  const texts = await Promise.all(answers.map((answer) => answer.json()))
  expect(texts.map(({ choices }) => choices[0].message.content)).toEqual(['through', 'through'])
  expect(Number(proxy.spent().payment)).toBeGreaterThan(0)
})

test('Venice answers chats and Messages from its prepaid balance, which the rule tops up', async ({
  stack
}) => {
  const { privateKey: evm } = (await stack.newWallet('12')).base ?? expect.unreachable()
  const service = {
    name: 'venice',
    baseUrl: stack.env.VENICE_URL,
    topUp: { amount: '5', perDay: '6' }
  } as const
  const limits = { payment: '6', total: '10' }
  const { openai, anthropic, proxy } = await proxyOn(stack, { evm, solana: undefined, service, limits })
  const asked = { ...say('from Venice'), model: 'kimi-k2-5' }
  expect((await openai.chat.completions.create(asked)).choices[0]?.message.content).toBe('from Venice')
  expect((await anthropic.messages.create(asked)).content).toMatchObject([{ text: 'from Venice' }])
  expect(proxy.spent()).toMatchObject({ topUp: '5', payment: '0' })
})
