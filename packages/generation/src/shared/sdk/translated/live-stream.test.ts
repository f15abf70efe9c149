import { LiveMessage, messageStreamFormat } from '@bursar/translation'
import { expect, it } from 'vitest'
import { liveStream } from './live-stream.js'

const request = { model: 'm', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'x' }] }

it('ends with a stream that is done, also where the service leaves the connection open', async () => {
  const chunk = { choices: [{ index: 0, delta: { content: 'Yes.' }, finish_reason: 'stop' }] }
  let isLeft = false
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`))
    },
    cancel() {
      isLeft = true
    }
  })
  const live = new LiveMessage(request, { id: 'a' })
  const answer = messageStreamFormat.open({ request, id: 'a', createdAtSeconds: 7 })
  let text = ''
  for await (const events of liveStream(body, live, answer)) text += events
  expect(text).toMatch(/event: message_stop/)
  expect(isLeft).toBe(true)
})
