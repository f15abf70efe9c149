import type { Purchase } from '@bursar/core'
import { type Gateway, startGateway } from '@bursar/gateway'
import { createKatana, type Katana, type KatanaOptions } from 'bursar/katana'
import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack, type Wallet } from './stack.js'

const stack = useStack()
const chat = {
  model: 'claude-haiku-4-5',
  messages: [{ role: 'user', content: 'Hi' }],
  max_tokens: 16
} as const
/** A tenth of a credit, in millionths of a dollar. */
const TENTH = 520n
let gateway: Gateway
beforeAll(async () => {
  const accounts = [
    { key: 'key', secret: 'secret', credits: '1000' },
    { key: 'round', secret: 'secret', credits: '200' },
    { key: 'small', secret: 'secret', credits: '15' }
  ]
  gateway = await startGateway({ base: stack.chain, katana: { accounts } })
  return () => gateway.stop()
})

async function newShop(setup: KatanaOptions = {}): Promise<Wallet & { readonly katana: Katana }> {
  const wallet = await fundWallet(stack, { limits: { payment: '2', total: '8' } })
  onTestFinished(() => wallet.bursar.close())
  const options = { apiKey: 'key:secret', billing: 'key', ...setup } as const
  return { ...wallet, katana: createKatana(wallet.bursar, { baseUrl: gateway.url, ...options }) }
}

async function lastOf({ bursar }: Wallet): Promise<Purchase | undefined> {
  for await (const purchase of bursar.history()) return purchase
  return undefined
}

// At 220 and 1320 credits a million tokens, 2 tokens of input and 833 of output cost 1.1 credits exactly.
it.each([
  [1, '0.1'],
  [75, '0.1'],
  [76, '0.2'],
  [832, '1.1'],
  [833, '1.1'],
  [834, '1.2']
])('S51, Katana 79: a text of %i tokens is charged %s credits, and recorded so', async (tokens, credits) => {
  const shop = await newShop()
  gateway.katana.answerWith({ content: 'word'.repeat(tokens) })
  const { usage } = await shop.katana.chat.completions.create({
    model: 'qwen3-6-max-preview',
    messages: [{ role: 'user', content: 'Hello.Hi' }],
    max_tokens: 1000
  })
  expect(usage).toMatchObject({ prompt_tokens: 2, completion_tokens: tokens })
  expect(usage?.imgnai?.credits_charged).toBe(credits)
  const cost = BigInt(credits.replace('.', '')) * TENTH
  expect(await lastOf(shop)).toMatchObject({ state: 'settled', offer: { cost } })
})

it('S52, Katana 80: what was used above the reserve is charged to a key, and recorded', async () => {
  const shop = await newShop()
  const before = await shop.katana.account.balance()
  gateway.faults.next('usage-above-reserve')
  const { usage } = await shop.katana.chat.completions.create(chat)
  const after = await shop.katana.account.balance()
  const chargedTenths = before.creditsTenths - after.creditsTenths
  expect(usage?.imgnai).toMatchObject({
    credits_reserved: '10',
    credits_charged: '10.1',
    credits_refunded: '0'
  })
  expect(chargedTenths).toBe(101n)
  expect(await lastOf(shop)).toMatchObject({ state: 'settled', offer: { cost: chargedTenths * TENTH } })
})

it('S52, Katana 80: also in a stream, and from a prepaid balance', async () => {
  const shop = await newShop()
  gateway.faults.next('usage-above-reserve')
  for await (const chunk of await shop.katana.chat.completions.create({ ...chat, stream: true }))
    expect(chunk.choices).toHaveLength(1)
  expect(await lastOf(shop)).toMatchObject({ offer: { cost: 101n * TENTH } })

  await shop.katana.balance.topUp('0.2')
  gateway.faults.next('usage-above-reserve')
  await shop.katana.chat.completions.create(chat, { billing: 'wallet' })
  expect(await shop.katana.balance.balance()).toBe(200_000n - 101n * TENTH)
  expect(await lastOf(shop)).toMatchObject({ kind: 'balance', offer: { cost: 101n * TENTH } })
})

it('S52: what is recorded counts against the limits, however little was reserved', async () => {
  const { bursar } = await fundWallet(stack, { limits: { payment: '0.052', day: '0.104' } })
  onTestFinished(() => bursar.close())
  const katana = createKatana(bursar, { baseUrl: gateway.url, apiKey: 'key:secret', billing: 'key' })
  gateway.faults.next('usage-above-reserve')
  await katana.chat.completions.create(chat)
  // A second reserve of 0.052 would fit beside the first, and does not fit beside the 0.05252 that was charged.
  await expect(katana.chat.completions.create(chat)).rejects.toMatchObject({
    code: 'offer/over-limit',
    moneyState: 'none',
    context: { limit: 'day' }
  })
})

it('S59, Katana 147: credits are read as the service prints them, with one decimal', async () => {
  const { katana } = await newShop({ apiKey: 'round:secret' })
  expect(await katana.account.balance()).toMatchObject({ credits: '200.0', creditsTenths: 2000n })
})

it('several answers are reserved and charged one by one', async () => {
  const shop = await newShop({ apiKey: 'small:secret' })
  gateway.katana.answerWith({ content: 'word'.repeat(100) })
  const body = { ...chat, model: 'gpt-5-5', max_tokens: 500, n: 3 } as const
  const { choices, usage } = await shop.katana.chat.completions.create(body)
  expect(choices.map(({ index }) => index)).toEqual([0, 1, 2])
  expect(usage).toMatchObject({ completion_tokens: 300 })
  // 1 token of input at 1057.7 and 300 of output at 6346.2 are 1.9049 credits.
  expect(await lastOf(shop)).toMatchObject({ offer: { cost: 20n * TENTH } })
  await expect(shop.katana.chat.completions.create({ ...body, n: 6 })).rejects.toMatchObject({
    code: 'service/refused',
    context: { serviceCode: 'insufficient_credits' }
  })
})
