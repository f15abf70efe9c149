import { describe, expect, it } from 'vitest'
import { chatStreamFormat } from './chat-stream-format.js'
import { messageStreamFormat } from './message-stream-format.js'
import { responseStreamFormat } from './response-stream-format.js'
import { serviceEvents } from './service-events.js'
import { ServiceStream } from './service-stream.js'
import type { StreamFormat } from './stream-format.js'

const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`
const ended = event({ choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] })
const usage = event({ choices: [], usage: { total_tokens: 3 } })
const done = 'data: [DONE]\n\n'

/** A connection that a service writes to, and whether its reader has left it. */
function connection() {
  const state = { isLeft: false }
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given
    },
    cancel() {
      state.isLeft = true
    }
  })
  return {
    body,
    state,
    write: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    close: () => controller?.close(),
    cut: () => controller?.error(new TypeError('terminated'))
  }
}

async function read(body: ReadableStream<Uint8Array>, format: StreamFormat = chatStreamFormat) {
  let text = ''
  for await (const events of serviceEvents(body, new ServiceStream(format))) text += events
  return text
}

describe('the events of a stream whose service leaves the connection open', () => {
  it.each<[name: string, StreamFormat, text: string]>([
    ['a chat', chatStreamFormat, ended + done],
    ['Messages', messageStreamFormat, `event: message_stop\n${event({ type: 'message_stop' })}`],
    ['Messages that failed', messageStreamFormat, event({ type: 'error', error: { type: 'api_error' } })],
    ['Responses', responseStreamFormat, event({ type: 'response.completed', response: {} })]
  ])('end where %s says that all is said', async (_, format, text) => {
    const { body, state, write } = connection()
    write(text)
    expect(await read(body, format)).toBe(text)
    expect(state.isLeft).toBe(true)
  })

  it('have what comes a moment behind the end, by which a call is charged', async () => {
    const { body, state, write, close } = connection()
    write(ended + done)
    const reading = read(body)
    write(usage)
    close()
    expect(await reading).toBe(ended + done + usage)
    expect(state.isLeft).toBe(false)
  })

  it('go on where only a model writes of an end', async () => {
    const { body, write, close } = connection()
    const quoted = event({ type: 'content_block_delta', delta: { text: '', error: { type: 'error' } } })
    write(quoted)
    const reading = read(body, messageStreamFormat)
    await new Promise((resolve) => setTimeout(resolve, 400))
    const last = event({ type: 'message_stop' })
    write(last)
    close()
    expect(await reading).toBe(quoted + last)
  })
})

it('fails where a service ends a stream before its answer ends, and leaves where its reader does', async () => {
  const cut = connection()
  cut.write(event({ choices: [{ index: 0, delta: { content: 'H' } }] }))
  cut.close()
  await expect(read(cut.body)).rejects.toThrow('cut off')
  const left = connection()
  left.write(ended)
  for await (const _ of serviceEvents(left.body, new ServiceStream(chatStreamFormat))) break
  expect(left.state.isLeft).toBe(true)
})

it('waits for no body that never says that it was left', async () => {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(ended)),
    cancel: () => new Promise(() => {})
  })
  let count = 0
  for await (const _ of serviceEvents(body, new ServiceStream(chatStreamFormat))) {
    count++
    break
  }
  expect(count).toBe(1)
})

it('a connection that breaks behind the end has brought the whole stream, and one that breaks before it has not', async () => {
  for (const [text, outcome] of [
    [ended + done, ended + done],
    [ended, 'terminated']
  ] as const) {
    const { body, write, cut } = connection()
    write(text)
    const reading = read(body)
    setTimeout(cut, 5)
    expect(await reading.catch(({ message }: Error) => message)).toBe(outcome)
  }
})
