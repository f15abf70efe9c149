import { describe, expect, it } from 'vitest'
import { boundedText } from './bounded-text.js'
import { wholeLength } from './whole-length.js'

/** A body that goes on as long as somebody reads. */
function endless() {
  let pulled = 0
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++
      controller.enqueue(new Uint8Array(1000))
    },
    cancel() {
      cancelled = true
    }
  })
  return { response: new Response(body), pulled: () => pulled, cancelled: () => cancelled }
}

describe('a body that is read no further than a bound', () => {
  it('is its text, whatever the borders of its chunks', async () => {
    const bytes = new TextEncoder().encode('🪙 euro €')
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      }
    })
    expect(await boundedText(new Response(body), bytes.length)).toBe('🪙 euro €')
    expect(await boundedText(new Response(null), 0)).toBe('')
  })

  it('is nothing when it is a byte longer', async () => {
    expect(await boundedText(new Response('12345'), 5)).toBe('12345')
    expect(await boundedText(new Response('123456'), 5)).toBeUndefined()
  })

  it('is read at once where all of it is here, within the same bound', async () => {
    const whole = (): Response => Object.assign(new Response('12345'), { [wholeLength]: 5 })
    expect(await boundedText(whole(), 5)).toBe('12345')
    const tooLong = whole()
    expect([await boundedText(tooLong, 4), tooLong.bodyUsed]).toEqual([undefined, false])
  })

  it('is let go as soon as it is too long', async () => {
    const { response, pulled, cancelled } = endless()
    expect(await boundedText(response, 10_000)).toBeUndefined()
    expect([pulled() < 20, cancelled()]).toEqual([true, true])
  })

  it('is let go when its reader gives up, and is no text then', async () => {
    let cancelled = false
    const halfSent = () =>
      new Response(
        new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode('{"a":1}')),
          cancel: () => {
            cancelled = true
          }
        })
      )
    const given = new AbortController()
    const reading = boundedText(halfSent(), 100, given.signal)
    given.abort(new Error('given up'))
    await expect(reading).rejects.toThrow('given up')
    expect(cancelled).toBe(true)
    await expect(boundedText(halfSent(), 100, given.signal)).rejects.toThrow('given up')
  })

  it('fails as its stream fails', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('reset')) })
    await expect(boundedText(new Response(body), 10)).rejects.toThrow('reset')
  })
})
