import { atomicUsdc, isFreeToRepeat } from '@bursar/core'
import { problemOf } from '@bursar/local-server'
import { expect, it } from 'vitest'
import { type AnyRelay, relayService } from './relay-service.js'

/** A relay that answers the same to everything. */
function relayOf(answer: () => Response) {
  const images = { generate: () => expect.unreachable(), edit: () => expect.unreachable() }
  const models = { list: async () => ['one'] }
  const estimate = () => expect.unreachable()
  const relay: AnyRelay = { fetch: async () => answer(), images, models, estimate }
  const spoken = new Map([['/messages', () => true]])
  return relayService(relay, {
    apiUrl: 'https://shop.example/v1',
    spoken,
    polled: /^$/,
    download: () => expect.unreachable(),
    assertOwn: async () => {}
  })
}

const call = { labels: { agent: 'a' }, signal: new AbortController().signal, onPurchase() {} }

it('what a relay may have billed is never reported as free, so that no SDK repeats it', async () => {
  const error = { error: { message: 'its words' } }
  for (const [status, reported, moneyState] of [
    [400, 400, 'none'],
    [401, 502, 'none'],
    [429, 429, 'none'],
    [503, 503, 'none'],
    [500, 500, 'unknown'],
    [502, 502, 'unknown']
  ] as const) {
    const relay = relayOf(() => Response.json(error, { status }))
    const requests = [
      relay.complete({}, call),
      relay.forward('/messages', { body: {}, bytes: new Uint8Array() }, call)
    ]
    for (const failed of requests) {
      const problem = problemOf(await failed?.catch((why: unknown) => why))
      expect(problem).toMatchObject({ status: reported, moneyState, message: 'its words' })
      expect(isFreeToRepeat(problem)).toBe(moneyState === 'none')
    }
  }
  const malformed = await relayOf(() => new Response('<html>'))
    .complete({}, call)
    .catch(problemOf)
  expect(malformed).toMatchObject({ status: 502, moneyState: 'settled' })
  expect(problemOf(new TypeError('fetch failed', { cause: 'x' })).moneyState).toBe('unknown')
})

it('M60: reads an error of a relay no further than a bound', async () => {
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      if (sent > 2 ** 26) return controller.close()
      controller.enqueue(new Uint8Array(65_536))
    }
  })
  const relay = relayOf(() => new Response(endless, { status: 400 }))
  const problem = await relay.complete({}, call).catch(problemOf)
  expect(problem).toMatchObject({ status: 400, message: 'The service answered 400' })
  expect(sent).toBeLessThan(2 ** 22)
})

it('M40: hands the signal of a call to the images that a relay makes, and who is told of its purchases', async () => {
  const given: unknown[] = []
  const generate: AnyRelay['images']['generate'] = (_, options) => {
    given.push(options?.signal, options?.fetchOptions)
    return Promise.reject(new Error('enough'))
  }
  const images = { generate, edit: () => expect.unreachable() }
  const models = { list: async () => [] }
  const estimate = async () => atomicUsdc(0n)
  const relay: AnyRelay = { fetch: () => expect.unreachable(), images, models, estimate }
  const service = relayService(relay, {
    apiUrl: 'https://shop.example/v1',
    spoken: new Map(),
    polled: /^$/,
    download: () => expect.unreachable(),
    assertOwn: async () => {}
  })
  const request = { model: 'one', prompt: 'A mug', count: 1, options: {} }
  await expect(service.images(request, call)).rejects.toThrow('enough')
  expect(given).toEqual([call.signal, { bursar: { onPurchase: call.onPurchase } }])
})
