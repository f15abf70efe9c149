import { systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { createSdkFetch } from './sdk-fetch.js'

/** A service, and an SDK's fetch to it whose calls bring a key. */
function openService(answer: (index: number) => Response = () => Response.json({ reply: 'yes' })) {
  const names: unknown[] = []
  let passedMs = 0
  const fetch = createSdkFetch(
    async (_, init: RequestInit & { readonly bursar?: { readonly purchase?: string } }) => {
      names.push(init.bursar?.purchase)
      await new Promise((resolve) => setTimeout(resolve, 5))
      return answer(names.length)
    },
    {
      clock: { ...systemClock, nowMs: () => systemClock.nowMs() + passedMs },
      ledger: { find: async () => undefined }
    }
  )
  return {
    names,
    ask: (body: string, key: string | undefined, more: RequestInit = {}) =>
      fetch('https://shop.example/v1/chat', {
        method: 'POST',
        body,
        headers: key === undefined ? {} : { 'idempotency-key': key },
        ...more
      }),
    pass: (ms: number) => {
      passedMs += ms
    }
  }
}

it('calls with one key share one answer, in flight and for ten minutes, under one name in the ledger', async () => {
  const { ask, names, pass } = openService()
  const both = await Promise.all([ask('a', 'k'), ask('a', 'k')])
  for (const response of [...both, await ask('a', 'k')])
    expect(await response.json()).toEqual({ reply: 'yes' })
  expect(names).toEqual(['sdk shop.example k'])
  await ask('a', 'another')
  await ask('a', undefined)
  expect(names).toEqual(['sdk shop.example k', 'sdk shop.example another', undefined])
  pass(600_001)
  await ask('a', 'k')
  expect(names).toHaveLength(4)
})

it('another request with a key that was used is not sent, nor one with a key that is too long, or has a blank at its end', async () => {
  const { ask, names } = openService()
  await ask('a', 'k')
  const reused = await ask('b', 'k')
  expect([reused.status, reused.headers.get('x-bursar-money')]).toEqual([422, 'none'])
  expect(await reused.json()).toMatchObject({ error: { code: 'idempotency_key_reused' } })
  for (const key of ['k'.repeat(201), 'k\u00a0']) expect((await ask('a', key)).status).toBe(400)
  expect(names).toHaveLength(1)
})

it('a stream is shared whole, by who gives up, who reads it slowly and who comes later', async () => {
  const events = Array.from({ length: 5 }, (_, index) => `data: ${index}\n\n`)
  const gone = new AbortController()
  const { ask, names } = openService(() => {
    gone.abort(new Error('enough'))
    return new Response(events.join(''), { headers: { 'content-type': 'text/event-stream' } })
  })
  await expect(ask('a', 'k', { signal: gone.signal })).rejects.toThrow('enough')
  for (let reader = 0; reader < 3; reader++) expect(await (await ask('a', 'k')).text()).toBe(events.join(''))
  expect(names).toHaveLength(1)
})

it('a failure is told again only where it was paid, and is no payment that the same call carries on', async () => {
  const failed = (code: string, headers: Record<string, string>) =>
    openService(() => Response.json({ error: { code } }, { status: 400, headers }))
  for (const [service, sent] of [
    [failed('service/refused', { 'x-bursar-money': 'none' }), 2],
    [failed('payment/outcome-unknown', { 'x-bursar-money': 'unknown', 'x-bursar-cost': '0.01' }), 2],
    [failed('job/failed', { 'x-bursar-money': 'settled', 'x-bursar-cost': '0.01' }), 1]
  ] as const) {
    for (let call = 0; call < 2; call++) expect((await service.ask('a', 'k')).status).toBe(400)
    expect(service.names).toHaveLength(sent)
  }
})

it('an answer without a body is shared as it came', async () => {
  const { ask, names } = openService(() => new Response(null, { status: 204 }))
  for (let call = 0; call < 2; call++) expect((await ask('a', 'k')).status).toBe(204)
  expect(names).toHaveLength(1)
})
