import Anthropic from '@anthropic-ai/sdk'
import { createVenice } from 'bursar/venice'
import OpenAI from 'openai'
import { expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()

async function shop(topUp?: { amount: string; perDay: string }) {
  const limits = { payment: '6', total: '20' }
  const wallet = await fundWallet(stack, { limits }, 20_000_000n)
  onTestFinished(() => wallet.bursar.close())
  const venice = createVenice(wallet.bursar, {
    baseUrl: `${stack.gateway.url}/venice`,
    ...(topUp ? { topUp } : {})
  })
  return { ...wallet, venice, openai: venice.openai(OpenAI) }
}

const asked = {
  model: 'kimi-k2-5',
  messages: [{ role: 'user' as const, content: 'Reply with exactly: hello' }]
}

it('Venice is topped up without a body, by what it asks, and tells its balance and movements in wrappers', async () => {
  const { venice, address } = await shop()
  expect(await venice.balance.balance()).toBe(0n)
  expect(await venice.balance.topUp('5')).toMatchObject({
    wallet: address,
    credited: '5',
    paid: '5',
    balance: '5'
  })
  expect(await venice.balance.balance()).toBe(5_000_000n)
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  const movements = []
  for await (const movement of venice.balance.transactions()) movements.push(movement)
  expect(movements).toMatchObject([{ type: 'TOP_UP', amount: '5', at: expect.any(String) }])
})

it('another amount than Venice asks is not paid', async () => {
  const { venice, address } = await shop()
  await expect(venice.balance.topUp('10')).rejects.toMatchObject({
    code: 'offer/none-usable',
    moneyState: 'none'
  })
  expect(await stack.chain.authorizationsUsed(address)).toEqual([])
})

it('the official OpenAI SDK is paid from the balance, which is topped up once when it runs short', async () => {
  const { openai, venice, address } = await shop({ amount: '5', perDay: '5' })
  for (let call = 0; call < 3; call++)
    expect((await openai.chat.completions.create(asked)).choices[0]?.message.content).toBe('hello')
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  expect(await venice.balance.balance()).toBe(4_970_000n)
})

it('the official Anthropic SDK has Messages, whole and streamed, and the OpenAI SDK Responses, from the same balance', async () => {
  const { openai, venice, address } = await shop({ amount: '5', perDay: '5' })
  const anthropic = venice.anthropic(Anthropic)
  const message = { ...asked, max_tokens: 64 }
  const hello = [{ type: 'text', text: 'hello' }]
  expect(await anthropic.messages.create(message)).toMatchObject({ model: asked.model, content: hello })
  expect(await anthropic.messages.stream(message).finalMessage()).toMatchObject({ content: hello })
  const input = 'Reply with exactly: hello'
  expect((await openai.responses.create({ model: asked.model, input })).output_text).toBe('hello')
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
  expect(await venice.balance.balance()).toBe(4_970_000n)
})

it('without a rule a balance that runs short is told, and nothing is paid', async () => {
  const { openai, address } = await shop()
  await expect(openai.chat.completions.create(asked)).rejects.toMatchObject({
    status: 402,
    code: 'balance/insufficient',
    error: { money_state: 'none' }
  })
  expect(await stack.chain.authorizationsUsed(address)).toEqual([])
})

it('long lists of movements are read page by page', async () => {
  const { openai, venice } = await shop({ amount: '5', perDay: '5' })
  for (let call = 0; call < 60; call++) await openai.chat.completions.create(asked)
  let count = 0
  for await (const { type } of venice.balance.transactions()) count += type === 'CHARGE' ? 1 : 0
  expect(count).toBe(60)
})

it('Venice rejects a proof that it has seen, one of another wallet, and none', async () => {
  const { venice } = await shop()
  const other = await shop()
  const path = `${stack.gateway.url}/venice/api/v1/x402/balance/`
  await expect(venice.balance.balance(await other.venice.balance.address())).rejects.toMatchObject({
    code: 'service/refused',
    context: { status: 403 }
  })
  expect((await fetch(`${path}0x0`)).status).toBe(402)
  expect((await fetch(`${path}0x0`, { headers: { 'X-Sign-In-With-X': 'eyJ9' } })).status).toBe(401)
})
