import { type Clock, systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { createSdkFetch } from './sdk-fetch.js'

const eventStream = { headers: { 'content-type': 'text/event-stream' } }
const encoder = new TextEncoder()

/** A service, and an SDK's fetch to it whose calls bring a key. */
function openService(answer: (index: number) => Response | Promise<Response>) {
  const sent: unknown[] = []
  let passedMs = 0
  const sleeps: (() => void)[] = []
  const clock: Pick<Clock, 'nowMs' | 'sleep'> = {
    nowMs: () => systemClock.nowMs() + passedMs,
    sleep: (_, signal) =>
      new Promise((resolve, reject) => {
        sleeps.push(resolve)
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
  }
  const fetch = createSdkFetch(async () => answer(sent.push(undefined)), {
    clock,
    ledger: { find: async () => undefined }
  })
  return {
    sent,
    ask: (key: string, more: RequestInit = {}) =>
      fetch('https://shop.example/v1/chat', {
        ...{ method: 'POST', body: 'a', headers: { 'idempotency-key': key } },
        ...more
      }),
    pass: (ms: number) => {
      passedMs += ms
    },
    /** Ends every wait of the clock. */
    passMinute: () => sleeps.splice(0).forEach((wake) => void wake())
  }
}

/** An answer that goes on until it is left. */
function endless(left: unknown[] = []): Response {
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void =>
    controller.enqueue(encoder.encode('data: more\n\n'))
  return new Response(
    new ReadableStream({ pull, cancel: (reason) => void left.push(reason) }, { highWaterMark: 0 }),
    eventStream
  )
}

it('streams that are being read are all shared, however many there are', async () => {
  const { ask, sent } = openService(() => endless())
  const readers = []
  for (let each = 0; each < 70; each++) readers.push((await ask(`k${each}`)).body?.getReader())
  for (const reader of readers) expect((await reader?.read())?.done).toBe(false)
  for (let each = 0; each < 70; each++) await (await ask(`k${each}`)).body?.cancel()
  expect(sent).toHaveLength(70)
  await Promise.all(readers.map((reader) => reader?.cancel()))
})

it('a stream that is left at its last event was read whole, and is shared as long as any other', async () => {
  const { ask, sent, passMinute } = openService(() => {
    const events = ['data: all\n\n', 'data: [DONE]\n\n']
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      const event = events.shift()
      if (event) controller.enqueue(encoder.encode(event))
      else controller.close()
    }
    return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), eventStream)
  })
  const reader = (await ask('k')).body?.getReader()
  for (let event = 0; event < 2; event++) await reader?.read()
  await reader?.cancel()
  await systemClock.sleep(1)
  passMinute()
  await systemClock.sleep(1)
  expect([await (await ask('k')).text(), sent.length]).toEqual(['data: all\n\ndata: [DONE]\n\n', 1])
})

it('who leaves a stream waits for nobody else', async () => {
  const { ask, sent } = openService(() => endless())
  const stays = (await ask('k')).body?.getReader()
  for await (const chunk of (await ask('k')).body ?? []) {
    expect(chunk.byteLength).toBeGreaterThan(0)
    break
  }
  expect([(await stays?.read())?.done, sent.length]).toEqual([false, 1])
  await stays?.cancel()
})

it('a stream that its readers have left waits ten minutes for another, and is left then as one that was not read', async () => {
  const left: unknown[] = []
  const { ask, sent, pass } = openService(() => endless(left))
  await (await ask('k')).body?.cancel()
  pass(599_000)
  const again = (await ask('k')).body?.getReader()
  expect((await again?.read())?.done).toBe(false)
  await again?.cancel()
  expect([sent.length, left]).toEqual([1, []])
  // What is read on is there.
  await systemClock.sleep(1)
  pass(600_001)
  await (await ask('another')).body?.cancel()
  await expect.poll(() => left, { timeout: 30_000 }).toEqual([expect.any(Error)])
})

it('a stream that is still read when it is as old goes on for its reader', async () => {
  const { ask, sent, pass } = openService(() => endless())
  const reader = (await ask('k')).body?.getReader()
  await reader?.read()
  // What is read ahead is there.
  await new Promise((resolve) => setTimeout(resolve, 5))
  pass(600_001)
  await (await ask('k')).body?.cancel()
  expect(sent).toHaveLength(2)
  for (let each = 0; each < 5; each++) expect((await reader?.read())?.done).toBe(false)
  await reader?.cancel()
})

it('of calls that wait for an answer that breaks off, the others are told, and repeat nothing by themselves', async () => {
  const { ask, sent } = openService(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    const start = (controller: ReadableStreamDefaultController) => controller.error(new Error('cut'))
    return new Response(new ReadableStream({ start }))
  })
  const [first, other] = await Promise.all([ask('k'), ask('k')])
  await expect(first.text()).rejects.toThrow('cut')
  expect([other.status, other.headers.get('x-should-retry'), other.headers.get('x-bursar-money')]).toEqual([
    ...[400, 'false', 'unknown']
  ])
  expect(await other.json()).toMatchObject({ error: { code: 'service/answer-malformed' } })
  expect(sent).toHaveLength(1)
})

it('a failure that comes as a stream is told once, as any that nothing was paid for', async () => {
  const { ask, sent } = openService((index) =>
    index === 1 ? new Response('data: busy\n\n', { ...eventStream, status: 429 }) : endless()
  )
  const busy = await ask('k')
  expect([busy.status, await busy.text()]).toEqual([429, 'data: busy\n\n'])
  const again = await ask('k')
  expect([again.status, sent.length]).toEqual([200, 2])
  await again.body?.cancel()
})

it('a failure that a balance may have been charged for is told again, where no price is known', async () => {
  const failing = (code: string, headers: Record<string, string>) =>
    openService(() => Response.json({ error: { code } }, { status: 400, headers }))
  for (const [code, headers, count] of [
    ['service/answer-malformed', { 'x-bursar-money': 'unknown' }, 1],
    ['overloaded', { 'x-bursar-money': 'unknown', 'x-service-status': '500' }, 1],
    ['service/refused', { 'x-bursar-money': 'none' }, 2],
    ['balance/credit-delayed', { 'x-bursar-money': 'settled' }, 2]
  ] as const) {
    const { ask, sent } = failing(code, headers)
    for (let call = 0; call < 2; call++) expect((await ask('k')).status).toBe(400)
    expect([code, sent.length]).toEqual([code, count])
  }
})

it('a stream to which nobody comes back for a minute is left as one that was not read, and asked for anew', async () => {
  const left: unknown[] = []
  const { ask, sent, passMinute } = openService(() => endless(left))
  await (await ask('k')).body?.cancel()
  await (await ask('k')).body?.cancel()
  expect([sent.length, left]).toEqual([1, []])
  passMinute()
  await expect.poll(() => left, { timeout: 30_000 }).toEqual([expect.any(DOMException)])
  await (await ask('k')).body?.cancel()
  expect(sent).toHaveLength(2)
})

it('a stream that is longer than is kept goes on for its reader, and others with its key are told', async () => {
  let left = 70
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void =>
    left-- > 0 ? controller.enqueue(new Uint8Array(2 ** 20)) : controller.close()
  const long = new ReadableStream({ pull }, { highWaterMark: 0 })
  const { ask, sent } = openService(() => new Response(long, eventStream))
  let length = 0
  for await (const chunk of (await ask('k')).body ?? []) length += chunk.byteLength
  expect(length).toBe(70 * 2 ** 20)
  const late = await ask('k')
  expect([late.status, late.headers.get('x-bursar-money'), sent.length]).toEqual([400, 'unknown', 1])
  expect(await late.json()).toMatchObject({ error: { code: 'service/answer-malformed' } })
})
