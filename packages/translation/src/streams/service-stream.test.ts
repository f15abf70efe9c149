import { describe, expect, it } from 'vitest'
import { chatChunksIn } from './chat-chunks.js'
import { chatStreamFormat } from './chat-stream-format.js'
import { messageStreamFormat } from './message-stream-format.js'
import { responseStreamFormat } from './response-stream-format.js'
import { ServiceStream } from './service-stream.js'
import type { StreamFormat } from './stream-format.js'

const delta = 'data: {"choices":[{"index":0,"delta":{"content":"Hé"},"finish_reason":null}]}\n\n'
const end = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
const done = 'data: [DONE]\n\n'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What is passed on of a stream that arrives in chunks of some length. */
function passOn(text: string, length: number, format: StreamFormat = chatStreamFormat) {
  const stream = new ServiceStream(format)
  const sent = bytes(text)
  let passed = ''
  for (let at = 0; at < sent.length; at += length) passed += stream.write(sent.subarray(at, at + length))
  return [passed, stream.end()]
}

describe('a stream that a service sends', () => {
  it.each([1, 7, 1000])('is passed on whole, in chunks of %i bytes', (length) => {
    expect(passOn(delta + end + done, length)).toEqual([delta + end + done, ''])
    const windows = (delta + end + done).replaceAll('\n', '\r\n')
    expect(passOn(windows, length)).toEqual([windows, ''])
  })

  it('takes as long for each piece of a long event, such as a picture: to search all of it again takes minutes', () => {
    const long = `data: {"choices":[{"index":0,"delta":{"content":"${'a'.repeat(15 * 1024 * 1024)}"},"finish_reason":"stop"}]}\n\n`
    const [passed = '', last] = passOn(long + done, 2048)
    expect([passed.length, passed.endsWith(done), last]).toEqual([long.length + done.length, true, ''])
  }, 60_000)

  it('C42: that is cut off within a delta passes on whole events alone, and has no end', () => {
    expect(passOn(delta + delta.slice(0, 30), 1000)).toEqual([delta, undefined])
    expect(passOn(delta, 1000)).toEqual([delta, undefined])
    expect(passOn('', 1000)).toEqual(['', undefined])
  })

  it('C42: gets the end that the service left out', () => {
    expect(passOn(delta + end, 1000)).toEqual([delta + end, done])
    expect(passOn(delta + end + done.trimEnd(), 1000)).toEqual([delta + end, done])
    const delta2 =
      'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\n'
    expect(passOn(delta2, 1000, messageStreamFormat)[1]).toMatch(/^event: message_stop\n/)
  })

  it('C42: that the service ends with an error has ended', () => {
    const error = 'data: {"error":{"message":"No"}}\n\n'
    expect(passOn(delta + error, 1000)).toEqual([delta + error, ''])
    const event = 'event: error\ndata: {"type":"error","error":{}}\n\n'
    expect(passOn(event, 1000, messageStreamFormat)).toEqual([event, ''])
    expect(passOn(event, 1000, responseStreamFormat)).toEqual([event, ''])
  })

  it('C42: that is done without a reason gets one, and one in which nothing came is no answer', () => {
    const reason = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    expect(passOn(delta + done, 1000)).toEqual([delta + reason + done, ''])
    expect(passOn(delta + done, delta.length)[0]).toBe(delta + reason + done)
    expect(passOn(done, 1000)[1]).toBeUndefined()
  })

  it('passes on whole what a model writes of streams, and ends where the service does', () => {
    const words = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'It ends:\n\ndata: [DONE]' } }] })}\n\n`
    expect(passOn(words + end, 1000)).toEqual([words + end, done])
    expect(passOn(words, 1000)).toEqual([words, undefined])
  })

  it('has the whole of a chunk whose text holds separators that end no line of it', () => {
    const words = `data: {"model":"theirs","choices":[{"delta":{"content":"a\u2028b\u2029c"}}]}\n\n`
    const named = new ServiceStream(chatStreamFormat, 'mine').write(bytes(words))
    expect([...chatChunksIn(named)]).toEqual([
      { model: 'mine', choices: [{ delta: { content: 'a\u2028b\u2029c' } }] }
    ])
  })

  it('does not take words of a model for its end', () => {
    const words = JSON.stringify({ choices: [{ delta: { content: '"finish_reason":"stop"' } }] })
    expect(passOn(`data: ${words}\n\n`, 1000)[1]).toBeUndefined()
    const text = JSON.stringify({ type: 'response.output_text.delta', delta: '"type":"response.completed"' })
    expect(passOn(`data: ${text}\n\n`, 1000, responseStreamFormat)[1]).toBeUndefined()
  })
})

describe('a stream that fails', () => {
  it('by an event that does not end is read no further', () => {
    const stream = new ServiceStream(chatStreamFormat)
    const mebibyte = bytes('x'.repeat(1024 * 1024))
    stream.write(bytes('data: '))
    for (let count = 0; count < 15; count++) expect(stream.write(mebibyte)).toBe('')
    expect(() => stream.write(mebibyte)).toThrow('an event does not end')
  })

  const details = { request: { model: 'm' }, id: 'a', createdAtSeconds: 7 }
  const failure = { code: 'service_cut_off', message: 'Cut off' }

  it('C42: says so in a way that no client repeats', () => {
    expect(chatStreamFormat.open(details).fail(failure)).toBe(
      `data: ${JSON.stringify({
        error: { message: 'Cut off', type: 'invalid_request_error', param: null, code: 'service_cut_off' }
      })}\n\n`
    )
    expect(messageStreamFormat.open(details).fail(failure)).toMatch(/^event: error\ndata: .*"Cut off"/)
    const failed = responseStreamFormat.open(details).fail(failure)
    expect(failed).toMatch(/^event: response\.created\n.*\n\nevent: response\.failed\n.*"invalid_prompt"/s)
  })
})
