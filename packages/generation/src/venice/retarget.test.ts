import { describe, expect, it } from 'vitest'
import { retarget } from './retarget.js'
import type { VeniceRequest } from './retarget-options.js'

const WALLET = '0x00000000000000000000000000000000000000aa'

function request(method: string, path: string, more: Partial<VeniceRequest> = {}): VeniceRequest {
  return { method, url: new URL(`https://api.venice.ai/api/v1${path}`), headers: {}, ...more }
}

const noCounterpart = (message: string) => ({
  code: 'request/invalid',
  moneyState: 'none',
  context: { violations: [{ rule: 'no_counterpart', message: expect.stringContaining(message) }] }
})

/** What a call throws. */
function failureOf(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('a request for Venice, at Katana', () => {
  it.each([
    ['POST', '/chat/completions', '/v1/chat/completions', false],
    ['POST', '/x402/top-up', '/v1/x402/top-up', false],
    ['GET', `/x402/balance/${WALLET}`, `/v1/x402/balance/${WALLET}`, true],
    ['GET', `/x402/transactions/${WALLET}`, `/v1/x402/transactions/${WALLET}`, true],
    ['GET', '/models', '/v1/models', false]
  ])('Katana 168: %s %s goes to %s', (method, from, path, provesWallet) => {
    expect(retarget(request(method, from, { body: {} }))).toMatchObject({ method, path, provesWallet })
  })

  it('Katana 168: a chat proves its wallet where Venice’s own did', () => {
    const headers = { 'x-sign-in-with-x': 'a proof for Venice' }
    const { provesWallet, headers: sent } = retarget(
      request('POST', '/chat/completions', { body: {}, headers })
    )
    expect([provesWallet, sent]).toEqual([true, { 'content-type': 'application/json' }])
  })

  it('Katana 168: a chat has the name of the model that the caller gives for Venice’s', () => {
    const models = { 'kimi-k2-5': 'qwen3-6-flash' }
    const sent = (model: unknown) =>
      retarget(request('POST', '/chat/completions', { body: { model, max_tokens: 9 } as never }), { models })
        .body
    expect(sent('kimi-k2-5')).toEqual({ model: 'qwen3-6-flash', max_tokens: 9 })
    expect(sent('grok-4-3')).toEqual({ model: 'grok-4-3', max_tokens: 9 })
    expect(sent('toString')).toEqual({ model: 'toString', max_tokens: 9 })
    expect(sent(7)).toEqual({ model: '', max_tokens: 9 })
  })

  it('Katana 168: a top-up, which has no body at Venice, names an amount', () => {
    expect(retarget(request('POST', '/x402/top-up')).body).toEqual({ amount_usdc: '5.00' })
    expect(retarget(request('POST', '/x402/top-up'), { topUp: '1.00' }).body).toEqual({ amount_usdc: '1.00' })
  })

  it('keeps what it knows nothing of, and tells Katana none of Venice’s secrets', () => {
    const headers = {
      accept: 'application/json',
      authorization: 'Bearer secret',
      cookie: 'session',
      host: 'api.venice.ai',
      'content-length': '2',
      'x-api-key': 'secret',
      'x-402-payment': 'a payment'
    }
    expect(retarget(request('GET', '/models', { headers })).headers).toEqual({
      accept: 'application/json',
      'payment-signature': 'a payment'
    })
    const both = { 'payment-signature': 'the newer', 'x-402-payment': 'the older' }
    expect(retarget(request('GET', '/models', { headers: both })).headers['payment-signature']).toBe(
      'the newer'
    )
  })

  it.each([
    ['POST', '/embeddings'],
    ['POST', '/image/generate'],
    ['POST', '/video/queue'],
    ['GET', '/chat/completions'],
    ['GET', `/x402/balance/${WALLET}/more`],
    ['DELETE', '/models']
  ])('Katana 92 and 168: %s %s has no counterpart', (method, path) => {
    expect(failureOf(() => retarget(request(method, path)))).toMatchObject(noCounterpart(`${method} ${path}`))
  })

  it('a page by its number is rejected, since Katana would answer with the first one again', () => {
    const page = (offset: number) =>
      retarget(request('GET', `/x402/transactions/${WALLET}?limit=50&offset=${offset}`))
    expect(page(0).path).toBe(`/v1/x402/transactions/${WALLET}`)
    expect(failureOf(() => page(50))).toMatchObject(noCounterpart('offset'))
  })

  it('parameters of Venice’s own are rejected by their name', () => {
    const body = { model: 'x', venice_parameters: { character_slug: 'x' } }
    expect(failureOf(() => retarget(request('POST', '/chat/completions', { body })))).toMatchObject(
      noCounterpart('venice_parameters')
    )
  })
})

describe('an answer of Katana’s, in Venice’s words', () => {
  const answerOf = (method: string, path: string, body: object) =>
    retarget(request(method, path, { body: {} })).answer(body as never)

  it('Katana 74 and 168: a top-up is wrapped, in dollars as numbers', () => {
    const body = { wallet_address: WALLET, credited_usdc: '1.00', balance_usdc: '1.5', transaction: '0x1' }
    expect(answerOf('POST', '/x402/top-up', body)).toEqual({
      success: true,
      data: { walletAddress: WALLET, amountCredited: 1, newBalance: 1.5, paymentId: '0x1' }
    })
  })

  it.each([
    ['0.000001', 0.000001, true],
    ['0', 0, false],
    [undefined, 0, false],
    [{}, 0, false],
    ['much', 0, false]
  ])('Katana 168: a balance of %j is %d', (balance_usdc, balanceUsd, canConsume) => {
    expect(answerOf('GET', `/x402/balance/${WALLET}`, { balance_usdc })).toMatchObject({
      data: { balanceUsd, canConsume }
    })
  })

  it('Katana 168: movements have Venice’s kinds, and say whether there are more', () => {
    const rows = ['top_up', 'debit', 'refund', 'new_kind', 7].map((type) => ({ type, amount_usdc: '-0.5' }))
    const { data } = answerOf('GET', `/x402/transactions/${WALLET}`, {
      transactions: [...rows, 'nonsense'],
      next_cursor: 'x'
    }) as { data: { transactions: { type: unknown; amount: number }[]; pagination: object } }
    expect(data.transactions.map(({ type }) => type)).toEqual(['TOP_UP', 'CHARGE', 'REFUND', 'new_kind', 7])
    expect(data.transactions[0]?.amount).toBe(-0.5)
    expect(data.pagination).toEqual({ limit: 5, offset: 0, hasMore: true })
    expect(answerOf('GET', `/x402/transactions/${WALLET}`, {})).toMatchObject({ data: { transactions: [] } })
  })

  it('Katana 168: models come in the list of OpenAI’s API', () => {
    const body = {
      text: [{ public_model_name: 'grok-4-3', display_name: 'Grok 4.3' }],
      images: [{}],
      videos: 'x'
    }
    expect(answerOf('GET', '/models', body)).toMatchObject({
      object: 'list',
      data: [
        { id: 'grok-4-3', object: 'model', type: 'text', model_spec: { name: 'Grok 4.3' } },
        { id: '', type: 'image' }
      ]
    })
  })
})
