import { BASE, type Clock, systemClock } from '@bursar/core'
import { createPayingFetch } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { until } from '../../../test/until.js'
import { TestChain, TestPayer } from '../test/test-chain.js'
import { testService } from '../test/test-service.js'
import { createPrepaid, type PlainFetch } from './index.js'

const WALLET = '0x2222222222222222222222222222222222222222'

/** The balance of a wallet at a service whose every answer the test writes. */
function openBalance(plainFetch: PlainFetch, clock?: Clock) {
  const requests: { readonly url: string; readonly init: RequestInit | undefined }[] = []
  const payer = new TestPayer(new TestChain(), WALLET)
  const limits = { payment: '2' }
  const bursar = createPayingFetch({ payers: [payer], ledger: memoryLedger(), limits, clock })
  onTestFinished(() => bursar.close())
  const balance = createPrepaid(bursar as unknown as Parameters<typeof createPrepaid>[0], {
    service: testService,
    baseUrl: 'https://a.example/',
    network: BASE,
    wallet: {
      network: BASE,
      address: async () => WALLET,
      createProof: async () => ({ headerFor: () => ({ name: 'X-Sign-In-With-X', value: 'the proof' }) })
    },
    plainFetch(url, init) {
      requests.push({ url: String(url), init })
      return plainFetch(url, init)
    }
  })
  return { balance, requests, payer }
}

async function all(movements: AsyncIterable<unknown>): Promise<number> {
  let count = 0
  for await (const _ of movements) count++
  return count
}

describe('a balance that is asked about', () => {
  it('carries a proof, no cookies, and follows no redirect', async () => {
    const { balance, requests } = openBalance(async () => Response.json({ balance: '1.5' }))
    expect(await balance.balance()).toBe(1_500_000n)
    expect(requests).toMatchObject([
      {
        url: `https://a.example/balance/${WALLET}`,
        init: { redirect: 'manual', credentials: 'omit', headers: { 'X-Sign-In-With-X': 'the proof' } }
      }
    ])
  })

  it.each<[string, () => Response | Promise<Response>, object]>([
    [
      'text',
      () => new Response('soon'),
      { code: 'service/answer-malformed', context: { reason: 'not a JSON object' } }
    ],
    ['a list', () => Response.json([]), { code: 'service/answer-malformed' }],
    ['another object', () => Response.json({}), { context: { reason: 'it holds no balance' } }],
    [
      'a redirect',
      () => new Response(null, { status: 302 }),
      { code: 'service/refused', context: { status: 302 } }
    ],
    [
      'an error',
      () => Response.json({ error: { code: 'not_yours', message: 'no\n\u001b[2J' } }, { status: 403 }),
      { code: 'service/refused', context: { status: 403, serviceCode: 'not_yours' } }
    ],
    ['an error without words', () => new Response('<html>', { status: 502 }), { context: { status: 502 } }],
    [
      'a broken connection',
      () => Promise.reject(new TypeError('fetch failed')),
      { code: 'service/unreachable', context: { operation: 'balance' } }
    ]
  ])('and answered with %s is an error that says that nothing was paid', async (_, answer, expected) => {
    const { balance, payer } = openBalance(async () => answer())
    const error = await balance.balance().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ ...expected, moneyState: 'none' })
    expect(JSON.stringify(error)).not.toMatch(/the proof|\\u001b/)
    expect(payer.signed).toEqual([])
  })

  it('and answered without end is read no further than a bound', async () => {
    let chunks = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks++
        controller.enqueue(new Uint8Array(1024 * 1024))
      }
    })
    const { balance } = openBalance(async () => new Response(body))
    await expect(balance.balance()).rejects.toMatchObject({
      code: 'service/answer-malformed',
      moneyState: 'none'
    })
    expect(chunks).toBeLessThan(16)
  })
})

describe('movements', () => {
  const movement = { type: 'debit', amount: '0.1' }

  it('end with the page that names no next one, or names itself', async () => {
    const pages = [
      { movements: [movement, movement], next: '2' },
      { movements: [movement], next: '2' }
    ]
    const { balance, requests } = openBalance(async () => Response.json(pages.shift()))
    expect(await all(balance.transactions())).toBe(3)
    expect(requests.map(({ url }) => url.split('?')[1])).toEqual(['from=0', 'from=2'])
  })

  it('that lead round in a circle end with an error, and not never', async () => {
    let page = 0
    const { balance, requests } = openBalance(async () =>
      Response.json({ movements: [], next: String(++page % 2) })
    )
    await expect(all(balance.transactions())).rejects.toMatchObject({
      code: 'service/answer-malformed',
      context: { reason: 'its transactions have no end after 10000 pages' }
    })
    expect(requests).toHaveLength(10_000)
  })

  it('are read page by page, as far as somebody wants them', async () => {
    const { balance, requests } = openBalance(async () =>
      Response.json({ movements: [movement], next: 'more' })
    )
    for await (const { type } of balance.transactions()) {
      expect(type).toBe('debit')
      break
    }
    expect(requests).toHaveLength(1)
  })

  it('of which there is no list are an error', async () => {
    const { balance } = openBalance(async () => Response.json({ movements: 'none' }))
    await expect(all(balance.transactions())).rejects.toMatchObject({
      context: { reason: 'it lists no transactions' }
    })
  })
})

it('a 402 without end is no shortfall: the answer is the caller’s, and nothing is topped up', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024))
  })
  const { balance, payer } = openBalance(async () => new Response(body, { status: 402 }))
  const response = await balance.fetch('https://a.example/call')
  expect([response.status, response.bodyUsed]).toEqual([402, false])
  await response.body?.cancel()
  expect(payer.signed).toEqual([])
})

it('M65: a 402 that breaks off is an error that says what is known of the money', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new TypeError('terminated'))
  })
  const { balance, payer } = openBalance(async () => new Response(body, { status: 402 }))
  await expect(balance.fetch('https://a.example/call')).rejects.toMatchObject({
    code: 'service/unreachable',
    moneyState: 'unknown'
  })
  expect(payer.signed).toEqual([])
})

/** A clock on which a minute is over at once. */
const inAMinute: Clock = {
  ...systemClock,
  sleep: (ms, signal, options) => systemClock.sleep(ms === 60_000 ? 0 : ms, signal, options)
}

it.each([
  ['whose call was short', 402, { code: 'service/unreachable', moneyState: 'unknown' }],
  ['that is asked about', 200, { code: 'service/unreachable', moneyState: 'none' }]
])('the answer of a balance %s is not waited for without end', async (asked, status, failure) => {
  const letGo = vi.fn()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(1)),
    cancel: letGo
  })
  const { balance } = openBalance(async () => new Response(body, { status }), inAMinute)
  const waiting = asked === 'that is asked about' ? balance.balance() : balance.fetch('https://a.example/a')
  await expect(waiting).rejects.toMatchObject(failure)
  await until(() => letGo.mock.calls.length > 0)
})
