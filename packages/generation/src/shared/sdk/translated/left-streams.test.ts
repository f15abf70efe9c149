import { expect, it } from 'vitest'
import { streamFrom } from './sdk-answer.js'

/** The events made of a service that says one thing, and then nothing. */
function silent(isDone = false) {
  const left: unknown[] = []
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode('one')),
    cancel: (reason) => void left.push(reason)
  })
  async function* eventsOf(each: ReadableStream<Uint8Array>): AsyncGenerator<string> {
    for await (const chunk of each) yield new TextDecoder().decode(chunk)
  }
  return { left, stream: streamFrom(body, { eventsOf, isDone: () => isDone }) }
}

it('who leaves a service that says nothing has left at once, for the reason that the service is told', async () => {
  for (const reason of [undefined, new Error('stopped')]) {
    const { left, stream } = silent()
    const reader = stream.getReader()
    await reader.read()
    const waiting = reader.read()
    await reader.cancel(reason)
    expect([left, (await waiting).done]).toEqual([[reason], true])
  }
})

it('a signal that ends the reading tells the service why', async () => {
  const { left, stream } = silent()
  const stop = new AbortController()
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const piped = stream.pipeTo(writable, { signal: stop.signal })
  const reader = readable.getReader()
  await reader.read()
  stop.abort(new Error('stopped'))
  await expect(piped).rejects.toThrow('stopped')
  await expect(reader.read()).rejects.toThrow('stopped')
  expect(left).toEqual([stop.signal.reason])
})

it('who leaves when all is said has the whole answer, whatever the reason', async () => {
  const { left, stream } = silent(true)
  const reader = stream.getReader()
  await reader.read()
  await reader.cancel(new Error('stopped'))
  expect(left).toEqual([undefined])
})
