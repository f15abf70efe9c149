import { expect, it } from 'vitest'
import { readAhead } from './read-ahead.js'

const text = 'a'.repeat(1000)

/** An answer whose body comes in pieces of a hundred bytes, and breaks off behind some. */
function inPieces(pieces: number, breaksOff = false): Response {
  let sent = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < pieces) controller.enqueue(new TextEncoder().encode(text.slice(0, 100)))
      else if (breaksOff) controller.error(new TypeError('terminated'))
      else controller.close()
    }
  })
  return new Response(body, { status: 404, headers: { 'content-type': 'text/plain' } })
}

it('hands an answer on whole, whether or not it is longer than what is read of it', async () => {
  for (const maxBytes of [0, 99, 100, 999, 1000, 5000]) {
    const { bytes, response } = await readAhead(inPieces(10), maxBytes)
    expect(bytes?.byteLength).toBe(maxBytes < 1000 ? undefined : 1000)
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/plain'])
    expect(await response.text()).toBe(text)
  }
})

it('hands an answer on that breaks off: who reads it meets the same error', async () => {
  const { bytes, response } = await readAhead(inPieces(3, true), 5000)
  expect(bytes).toBeUndefined()
  await expect(response.text()).rejects.toThrow('terminated')
})

it('lets go of the rest of an answer that nobody reads', async () => {
  let cancelled: unknown
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(100)),
    cancel(reason) {
      cancelled = reason
    }
  })
  const { response } = await readAhead(new Response(body), 500)
  await response.body?.cancel('enough')
  expect(cancelled).toBe('enough')
})
