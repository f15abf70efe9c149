import { describe, expect, it } from 'vitest'
import { observeEvents } from './observe-events.js'

const encoder = new TextEncoder()

/** A body that comes in these pieces, and fails after them where an error is given. */
function bodyOf(pieces: readonly (string | Uint8Array)[], error?: Error): ReadableStream<Uint8Array> {
  const left = pieces.map((piece) => (typeof piece === 'string' ? encoder.encode(piece) : piece))
  return new ReadableStream({
    pull(controller) {
      const next = left.shift()
      if (next) controller.enqueue(next)
      else if (error) controller.error(error)
      else controller.close()
    }
  })
}

/** An observer that writes down what is reported to it. `[DONE]` is the last event. */
function observer() {
  const events: string[] = []
  const ends: boolean[] = []
  return {
    events,
    ends,
    onEvent(data: string) {
      events.push(data)
      return data === '[DONE]'
    },
    async onEnd(isComplete: boolean) {
      ends.push(isComplete)
    }
  }
}

describe('a stream of events that is watched', () => {
  it('keeps no line that does not end, takes what comes behind it for no event, and goes on with the next', async () => {
    const mebibyte = 'x'.repeat(1024 * 1024)
    const watched = observer()
    const endless = ['data: ', ...Array<string>(17).fill(mebibyte)]
    const body = bodyOf([...endless, 'data: of the same line\ndata: next\n', 'data: [DONE]\n'])
    let length = 0
    for await (const chunk of observeEvents(body, watched)) length += chunk.byteLength
    expect(length).toBeGreaterThan(17 * mebibyte.length)
    expect([watched.events, watched.ends]).toEqual([['next', '[DONE]'], [true]])
  })

  it('is handed on byte by byte, and its events are reported whole, however they are cut', async () => {
    const text = 'data: {"a":"汉"}\r\n\r\n: a comment\ndata:two\n\ndata: [DONE]'
    const bytes = encoder.encode(text)
    const watched = observer()
    const body = observeEvents(bodyOf([...bytes].map((byte) => Uint8Array.of(byte))), watched)
    expect(await new Response(body).text()).toBe(text)
    expect([watched.events, watched.ends]).toEqual([['{"a":"汉"}', 'two', '[DONE]'], [true]])
  })

  it('that is left lets go of its body, also of one that never says so, and where the charge cannot be written', async () => {
    let cancels = 0
    const stuck = () => {
      cancels++
      return new Promise<void>(() => {})
    }
    await observeEvents(new ReadableStream({ cancel: stuck }), observer()).cancel()
    const failing = { ...observer(), onEnd: () => Promise.reject(new Error('no record')) }
    await expect(observeEvents(new ReadableStream({ cancel: stuck }), failing).cancel()).rejects.toThrow(
      'no record'
    )
    expect(cancels).toBe(2)
  })

  it('that ends without its last event has come to its end all the same', async () => {
    const watched = observer()
    await new Response(observeEvents(bodyOf(['data: one\n\n']), watched)).text()
    expect([watched.events, watched.ends]).toEqual([['one'], [true]])
  })

  it('that breaks off was not complete, and the reader gets the error', async () => {
    const watched = observer()
    const body = observeEvents(bodyOf(['data: one\n\n'], new Error('cut')), watched)
    await expect(new Response(body).text()).rejects.toThrow('cut')
    expect(watched.ends).toEqual([false])
  })

  it.each([
    ['data: one\n\n', false],
    ['data: [DONE]\n\n', true]
  ])('that a reader leaves after %j was complete: %s', async (piece, isComplete) => {
    const watched = observer()
    const reader = observeEvents(bodyOf([piece, 'data: more\n\n']), watched).getReader()
    await reader.read()
    await reader.cancel()
    expect(watched.ends).toEqual([isComplete])
  })
})
