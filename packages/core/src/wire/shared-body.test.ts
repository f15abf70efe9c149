import { afterEach, expect, it, vi } from 'vitest'
import { type BodySharing, SharedBody } from './shared-body.js'

afterEach(() => void vi.useRealTimers())

/** Chunks of ten bytes, of which 100 are kept. */
function openBody(count: number, more: Partial<BodySharing> = {}) {
  const left: unknown[] = []
  let given = 0
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (given === count) return controller.close()
        controller.enqueue(new Uint8Array(10).fill(given++))
      },
      cancel: (reason) => void left.push(reason)
    },
    { highWaterMark: 0 }
  )
  const body: SharedBody = new SharedBody(source, {
    maxBytes: 100,
    onLeft: (reason) => body.close(reason),
    tooSlow: () => new Error('too slow'),
    ...more
  })
  return { body, left, given: () => given }
}

async function lengthOf(stream: ReadableStream<Uint8Array> | undefined): Promise<number | undefined> {
  return stream && (await new Response(stream).arrayBuffer()).byteLength
}

it('each reader has all of it, as bytes of its own, also who comes when it has ended', async () => {
  const onEnd = vi.fn()
  const { body } = openBody(3, { onEnd })
  const changing = body.open()?.getReader()
  ;(await changing?.read())?.value?.fill(9)
  const all = await Promise.all(
    [body.open(), body.open()].map(async (each) => new Response(each ?? null).bytes())
  )
  expect(all.map((bytes) => [bytes[0], bytes.byteLength])).toEqual([
    [0, 30],
    [0, 30]
  ])
  expect([await lengthOf(body.open()), body.byteLength, onEnd.mock.calls.length]).toEqual([30, 30, 1])
})

it('of one that is longer than is kept, nothing is kept that all have read, and nobody begins it any more', async () => {
  const onEnd = vi.fn()
  const { body } = openBody(1_000, { onEnd })
  let most = 0
  let length = 0
  for await (const { byteLength } of body.open() ?? []) {
    length += byteLength
    most = Math.max(most, body.byteLength)
  }
  expect([length, most, body.isWhole, onEnd.mock.calls.length]).toEqual([10_000, 100, false, 2])
})

it('of one that is longer than is kept, who reads faster waits for who reads more slowly', async () => {
  const { body, given } = openBody(100)
  const slow = body.open()?.getReader()
  const fast = lengthOf(body.open())
  await expect.poll(given).toBe(11)
  let length = 0
  for (let read = await slow?.read(); read?.value; read = await slow?.read()) length += read.value.byteLength
  expect([length, await fast]).toEqual([1_000, 1_000])
})

it('who reads nothing of it for half a minute is broken off, and holds up nobody', async () => {
  vi.useFakeTimers()
  const { body } = openBody(100)
  const still = body.open()
  const fast = lengthOf(body.open())
  await vi.advanceTimersByTimeAsync(31_000)
  expect(await fast).toBe(1_000)
  await expect(lengthOf(still)).rejects.toThrow('too slow')
})

it('who reads nothing of it for longer has it all the same, where nobody waits for it any more', async () => {
  vi.useFakeTimers()
  const { body, given } = openBody(100)
  const still = body.open()
  const stop = new AbortController()
  const fast = lengthOf(body.open(stop.signal)).catch((error: Error) => error.message)
  await vi.waitFor(() => expect(given()).toBe(11))
  stop.abort(new Error('enough'))
  await vi.advanceTimersByTimeAsync(120_000)
  expect([await fast, await lengthOf(still)]).toEqual(['enough', 1_000])
})

it('who comes when its beginning is not kept any more gets none of it, and takes nothing from the others', async () => {
  const { body } = openBody(100)
  const reader = body.open()?.getReader()
  let length = 0
  const read = async (): Promise<number | undefined> => {
    const { value } = (await reader?.read()) ?? {}
    length += value?.byteLength ?? 0
    return value?.[0]
  }
  while (body.isWhole) await read()
  expect(body.open()).toBeUndefined()
  while ((await read()) !== undefined);
  expect(length).toBe(1_000)
})

it('a chunk of a Buffer is copied too', async () => {
  const kept = Buffer.from('abc')
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(kept)
      controller.close()
    }
  })
  const body = new SharedBody(source, { maxBytes: 100, onLeft: async () => {}, tooSlow: () => new Error() })
  ;(await body.open()?.getReader().read())?.value?.fill(0)
  expect(await new Response(body.open() ?? null).text()).toBe('abc')
})

it('who leaves waits for nobody, and the last who leaves ends its source, for the reason it has', async () => {
  const { body, left } = openBody(1_000)
  const stop = new AbortController()
  const [one, other] = [body.open(stop.signal)?.getReader(), body.open()?.getReader()]
  await one?.read()
  stop.abort(new Error('enough'))
  await expect(one?.read()).rejects.toThrow('enough')
  expect([(await other?.read())?.done, left]).toEqual([false, []])
  await other?.cancel('over')
  expect([body.isRead, left]).toEqual([false, ['over']])
})

it('what is read on though nobody reads it is kept, no further than it should be, nor than is kept', async () => {
  const { body, given } = openBody(100)
  expect([await body.readOn(25), given(), await body.readOn(1_000), given()]).toEqual([false, 3, false, 11])
  const short = openBody(3)
  expect([await short.body.readOn(1_000), await lengthOf(short.body.open())]).toEqual([true, 30])
})

it('one that breaks off does so for each of its readers', async () => {
  const source = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error('cut')) })
  const onLeft = async (): Promise<void> => expect.unreachable()
  const body = new SharedBody(source, { maxBytes: 100, onLeft, tooSlow: () => new Error() })
  for (const reader of [body.open(), body.open()]) await expect(lengthOf(reader)).rejects.toThrow('cut')
  expect(body.isRead).toBe(false)
})
