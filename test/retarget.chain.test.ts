import { createBursar } from 'bursar'
import { createKatana } from 'bursar/katana'
import { retarget, retargetFetch } from 'bursar/venice'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fundWallet, useStack } from './stack.js'

const stack = useStack()
const VENICE = 'https://api.venice.ai/api/v1'
const headers = { 'content-type': 'application/json' }
const chat = { messages: [{ role: 'user', content: 'Reply with exactly: moved over' }], max_tokens: 16 }

/** What a script for Venice does with the fetch that it is given, in Venice's own words. */
async function veniceScript(send: typeof fetch, wallet: string) {
  const proof = { 'X-Sign-In-With-X': 'made for Venice' }
  const topUp = await send(`${VENICE}/x402/top-up`, { method: 'POST' })
  const balance = await send(`${VENICE}/x402/balance/${wallet}`, { headers: proof })
  const reply = await send(`${VENICE}/chat/completions`, {
    method: 'POST',
    headers: { ...headers, ...proof },
    body: JSON.stringify({ ...chat, model: 'kimi-k2-5' })
  })
  const transactions = await send(`${VENICE}/x402/transactions/${wallet}?limit=50&offset=0`, {
    headers: proof
  })
  const models = await send(`${VENICE}/models`)
  const answers = await Promise.all(
    [topUp, balance, reply, transactions, models].map((answer) => answer.json())
  )
  return answers as [
    { data: { amountCredited: number; newBalance: number } },
    { data: { balanceUsd: number; canConsume: boolean } },
    { choices: [{ message: { content: string } }] },
    { data: { transactions: { type: string; amount: number }[] } },
    { data: { id: string }[] }
  ]
}

it('Katana 168: a script that was written for Venice runs on Katana as it is, and pays once for its top-up', async () => {
  const { bursar, address } = await fundWallet(stack, { limits: { payment: '2', total: '4' } })
  onTestFinished(() => bursar.close())
  const katana = createKatana(bursar, { baseUrl: stack.gateway.url })
  const send = retargetFetch(bursar, katana, { models: { 'kimi-k2-5': 'qwen3-6-flash' }, topUp: '1.00' })
  const [topUp, balance, reply, movements, models] = await veniceScript(send as typeof fetch, address)
  expect(topUp).toMatchObject({
    success: true,
    data: { amountCredited: 1, newBalance: 1, walletAddress: expect.stringMatching(new RegExp(address, 'i')) }
  })
  expect(balance).toMatchObject({ success: true, data: { balanceUsd: 1, canConsume: true } })
  expect(reply.choices[0].message.content).toBe('moved over')
  expect(movements.data.transactions.map(({ type }) => type)).toContain('TOP_UP')
  expect(models.data.map(({ id }) => id)).toContain('qwen3-6-flash')
  expect(await stack.chain.authorizationsUsed(address)).toHaveLength(1)
})

describe('each endpoint', () => {
  const of = (method: string, path: string, more: { headers?: Record<string, string>; body?: object } = {}) =>
    retarget({ method, url: new URL(`${VENICE}${path}`), headers: {}, ...(more as object) })

  it('Katana 74: has its counterpart, with the payment under the name that Katana prefers and no proof of Venice', () => {
    const paid = of('POST', '/x402/top-up', { headers: { 'x-402-payment': 'a', 'x-sign-in-with-x': 'b' } })
    expect(paid).toMatchObject({
      path: '/v1/x402/top-up',
      body: { amount_usdc: '5.00' },
      provesWallet: false
    })
    expect(paid.headers).toEqual({ 'payment-signature': 'a', 'content-type': 'application/json' })
    expect(of('POST', '/chat/completions', { body: { model: 'x' } })).toMatchObject({
      path: '/v1/chat/completions',
      body: { model: 'x' },
      provesWallet: false
    })
    expect(of('GET', '/x402/balance/0xabc')).toMatchObject({
      path: '/v1/x402/balance/0xabc',
      provesWallet: true
    })
    expect(of('GET', '/x402/transactions/0xabc')).toMatchObject({ path: '/v1/x402/transactions/0xabc' })
  })

  it('is not told what is Venice’s to know: its key and its cookies', () => {
    const secrets = { authorization: 'Bearer v', cookie: 'v', 'x-api-key': 'v', 'x-trace': 't' }
    expect(of('GET', '/models', { headers: secrets }).headers).toEqual({ 'x-trace': 't' })
  })

  it('Katana 92: without a counterpart is rejected by its name, before anything is sent', () => {
    for (const path of [
      '/embeddings',
      '/image/generate',
      '/images/generations',
      '/video/queue',
      '/audio/speech'
    ])
      expect(() => of('POST', path, { body: {} })).toThrow(
        `Venice's POST ${path} has no counterpart at Katana`
      )
    expect(() => of('GET', '/x402/transactions/0xabc?limit=50&offset=50')).toThrow('offset')
    const own = { model: 'x', venice_parameters: { enable_web_search: 'on' } }
    expect(() => of('POST', '/chat/completions', { body: own })).toThrow('venice_parameters')
  })
})

it('what is not for Venice goes on as it is', async () => {
  const bursar = createBursar({ evm: `0x${'11'.repeat(32)}`, limits: { payment: '1' }, ledger: 'memory' })
  onTestFinished(() => bursar.close())
  const katana = createKatana(bursar, { baseUrl: stack.gateway.url })
  const send = retargetFetch(bursar, katana)
  expect((await send(`${stack.gateway.url}/v1/models`)).status).toBe(200)
})
