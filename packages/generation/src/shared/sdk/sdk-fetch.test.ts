import { BursarError, type Purchase, systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { createSdkFetch } from './sdk-fetch.js'

/** Nothing is bought in these tests. */
const ledger = { find: () => expect.unreachable() }

/** A service whose answers come when they are let go. */
function openService(answer: () => Response = () => Response.json({ reply: 'yes' })) {
  const waiting: (() => void)[] = []
  const sent: string[] = []
  let passedMs = 0
  const nowMs = (): number => systemClock.nowMs() + passedMs
  const fetch = createSdkFetch(
    async (_, { body, signal }) => {
      sent.push(new TextDecoder().decode(body as ArrayBuffer))
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve)
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
      return answer()
    },
    { clock: { ...systemClock, nowMs }, ledger }
  )
  return {
    sent,
    ask: (body: string, init: RequestInit = {}) =>
      fetch('https://shop.example/v1/chat', { method: 'POST', body, ...init }),
    answer: () => waiting.splice(0).forEach((go) => void go()),
    pass: (ms: number) => {
      passedMs += ms
    }
  }
}

/** Asks, and gives up once the call was sent. */
async function giveUp({ ask, sent }: ReturnType<typeof openService>, body: string, init: RequestInit = {}) {
  const patience = new AbortController()
  const before = sent.length
  const asked = ask(body, { ...init, signal: patience.signal })
  const ended = expect(asked).rejects.toThrow('time is over')
  await expect.poll(() => sent.length).toBeGreaterThan(before)
  patience.abort(new Error('time is over'))
  await ended
}

it('answers a call that was given up to the next equal one, and sends it once', async () => {
  const service = openService()
  await giveUp(service, 'a', { headers: { 'x-stainless-retry-count': '0' } })
  const again = service.ask('a', { headers: { 'x-stainless-retry-count': '1' } })
  service.answer()
  expect(await (await again).json()).toEqual({ reply: 'yes' })
  expect(service.sent).toEqual(['a'])
})

it('keeps the answer that came meanwhile, for ten minutes', async () => {
  const service = openService()
  for (const body of ['kept', 'forgotten']) await giveUp(service, body)
  service.answer()
  await expect.poll(async () => (await service.ask('kept')).json()).toEqual({ reply: 'yes' })
  service.pass(600_001)
  const anew = service.ask('forgotten')
  await expect.poll(() => service.sent).toEqual(['kept', 'forgotten', 'forgotten'])
  service.answer()
  expect((await anew).status).toBe(200)
})

it('gives one answer to one call: what is asked at the same time, or again after an answer, is sent', async () => {
  const service = openService()
  await giveUp(service, 'a')
  const both = [service.ask('a'), service.ask('a')]
  await expect.poll(() => service.sent).toHaveLength(2)
  service.answer()
  for (const response of await Promise.all(both)) expect(response.status).toBe(200)
  const third = service.ask('a')
  await expect.poll(() => service.sent).toHaveLength(3)
  service.answer()
  expect((await third).status).toBe(200)
})

it('takes a call with another key, method or body for another', async () => {
  const service = openService()
  await giveUp(service, 'a', { headers: { authorization: 'Bearer one' } })
  const others = [
    service.ask('a', { headers: { authorization: 'Bearer two' } }),
    service.ask('a', { method: 'PUT', headers: { authorization: 'Bearer one' } }),
    service.ask('b', { headers: { authorization: 'Bearer one' } })
  ]
  await expect.poll(() => service.sent).toHaveLength(4)
  service.answer()
  for (const response of await Promise.all(others)) expect(response.status).toBe(200)
})

it('takes equal forms for equal, though each has a boundary of its own', async () => {
  const form = () => {
    const data = new FormData()
    data.append('prompt', 'a mug')
    data.append('image', new File(['bytes'], 'a.png', { type: 'image/png' }))
    return data
  }
  let sent = 0
  const answers: (() => void)[] = []
  const fetch = createSdkFetch(
    async (_, { body }) => {
      expect(body).toBeInstanceOf(FormData)
      sent++
      await new Promise<void>((resolve) => answers.push(resolve))
      return Response.json({})
    },
    { clock: systemClock, ledger }
  )
  const patience = AbortSignal.timeout(50)
  const init = { method: 'POST', body: form(), signal: patience }
  await expect(fetch('https://shop.example/v1/images/edits', init)).rejects.toThrow()
  const again = fetch('https://shop.example/v1/images/edits', { method: 'POST', body: form() })
  await expect.poll(() => answers.length).toBe(1)
  answers[0]?.()
  expect((await again).status).toBe(200)
  expect(sent).toBe(1)
})

it('ends the reading of an answer with the signal of its reader', async () => {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(1))
  })
  const service = openService(() => new Response(body))
  const patience = new AbortController()
  const asked = service.ask('a', { signal: patience.signal })
  await expect.poll(() => service.sent).toHaveLength(1)
  service.answer()
  const reading = (await asked).arrayBuffer()
  patience.abort(new Error('enough'))
  await expect(reading).rejects.toThrow('enough')
})

it('answers a call that failed with what is known of the money, also to the one that asks again', async () => {
  const context = { service: 'shop', operation: 'call' }
  const service = openService(() => {
    throw new BursarError('service/unreachable', { message: 'lost', context, moneyState: 'unknown' })
  })
  await giveUp(service, 'a')
  const again = service.ask('a')
  service.answer()
  const response = await again
  expect([response.status, response.headers.get('x-should-retry')]).toEqual([400, 'false'])
  expect(await response.json()).toMatchObject({ error: { money_state: 'unknown' } })
  expect(service.sent).toHaveLength(1)
})

it('says when a service that made nothing wants to be asked again, as the proxy does', async () => {
  const context = { service: 'shop', operation: 'image', status: 429 }
  const waits: (string | null)[] = []
  for (const more of [{ retryAfterSeconds: 7 }, {}]) {
    const service = openService(() => {
      const details = { message: 'busy', context: { ...context, ...more }, moneyState: 'none' } as const
      throw new BursarError('service/refused', details)
    })
    const asked = service.ask('a')
    await expect.poll(() => service.sent).toHaveLength(1)
    service.answer()
    const { status, headers } = await asked
    expect([status, headers.get('x-should-retry')]).toEqual([429, null])
    waits.push(headers.get('retry-after'))
  }
  expect(waits).toEqual(['7', '1'])
})

it.each([
  [-600_000, 0],
  [600_000, 0],
  [600_000, 60_000]
])(
  'by a clock %s ms ahead of the ledger’s, a payment of %s ms before the call is told from one of it',
  async (ms, agoMs) => {
    const told: boolean[] = []
    const payment = { kind: 'payment', id: 'p', state: 'settled', labels: {}, offer: { cost: 1n } }
    const reservedAtMs = (): number => systemClock.nowMs() - agoMs
    const fetch = createSdkFetch(
      async (_, init: RequestInit & { readonly bursar?: { readonly onPurchase?: (id: string) => void } }) => {
        init.bursar?.onPurchase?.('p')
        return Response.json({ reply: 'yes' })
      },
      {
        clock: { ...systemClock, nowMs: () => systemClock.nowMs() + ms },
        ledger: {
          find: async () => ({ ...payment, reservedAtMs: reservedAtMs() }) as unknown as Purchase,
          status: async () => ({ unwritten: 0, nowMs: systemClock.nowMs() })
        },
        attachReceipt(answer, _, resumed) {
          told.push(resumed)
          return answer
        }
      }
    )
    await fetch('https://shop.example/v1/chat', { method: 'POST', body: 'a' })
    expect(told).toEqual([agoMs > 0])
  }
)

it('a caller who gives up while the ledger does not say its time leaves the answer to the next equal call', async () => {
  let [sent, sayTime] = [0, (): void => {}]
  const isSaid = new Promise<void>((resolve) => {
    sayTime = resolve
  })
  const payment = { kind: 'payment', id: 'p', state: 'settled', labels: {}, offer: { cost: 1n } }
  const fetch = createSdkFetch(
    async (_, init: RequestInit & { readonly bursar?: { readonly onPurchase?: (id: string) => void } }) => {
      init.bursar?.onPurchase?.('p')
      sent++
      return Response.json({ reply: 'yes' })
    },
    {
      clock: systemClock,
      ledger: {
        find: async () => ({ ...payment, reservedAtMs: systemClock.nowMs() }) as unknown as Purchase,
        status: async () => isSaid.then(() => ({ unwritten: 0, nowMs: systemClock.nowMs() }))
      },
      attachReceipt: (answer) => answer
    }
  )
  const call = { method: 'POST', body: 'a' }
  const patience = new AbortController()
  const asked = fetch('https://shop.example/v1/chat', { ...call, signal: patience.signal })
  await expect.poll(() => sent).toBe(1)
  await systemClock.sleep(1)
  patience.abort(new Error('time is over'))
  await expect(asked).rejects.toThrow('time is over')
  sayTime()
  expect(await (await fetch('https://shop.example/v1/chat', call)).json()).toEqual({ reply: 'yes' })
  expect(sent).toBe(1)
})
