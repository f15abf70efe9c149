import type { JsonObject } from '@bursar/core'
import { systemClock } from '@bursar/core'
import { KeptResponses } from '@bursar/translation'
import { expect, it } from 'vitest'
import { chunksOf } from '../services/chat-chunks.js'
import type { ProxyService } from '../services/proxy-service.js'
import { answerLiveMessages } from './answer-messages.js'

const request = { model: 'm', max_tokens: 64, stream: true, messages: [{ role: 'user', content: 'x' }] }
const chunk = (content: string, reason: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content }, finish_reason: reason }] })}\n\n`

/** A service whose stream of a chat is written piece by piece. */
function streamingService() {
  const asked: JsonObject[] = []
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const response = new Response(readable, { headers: { 'content-type': 'text/event-stream' } })
  const service: ProxyService = {
    models: () => expect.unreachable(),
    complete: () => expect.unreachable(),
    images: () => expect.unreachable(),
    forward: async () => undefined,
    poll: () => undefined,
    async streamChat(body) {
      asked.push(body)
      return chunksOf(response)
    }
  }
  const encoder = new TextEncoder()
  return {
    asked,
    write: (text: string) => void writer.write(encoder.encode(text)),
    close: () => void writer.close(),
    live: () =>
      answerLiveMessages(request, {
        service,
        call: { labels: {}, signal: new AbortController().signal, onPurchase() {} },
        clock: systemClock,
        agent: 'a',
        id: 'x',
        responses: new KeptResponses({ clock: systemClock, keepMs: 1 })
      })
  }
}

it('translates a stream of a chat as it comes, and has the whole of it at its end', async () => {
  const service = streamingService()
  const live = await service.live()
  expect(service.asked).toMatchObject([{ model: 'm', messages: [{ content: 'x' }] }])
  const events = live?.events[Symbol.asyncIterator]()
  const next = async () => (await events?.next())?.value ?? ''
  service.write(chunk('Hel'))
  expect(await next()).toContain('message_start')
  expect(await next()).toContain('content_block_start')
  // The service has not said more yet.
  expect(await next()).toContain('"text":"Hel"')
  service.write(chunk('lo') + chunk('', 'stop'))
  service.close()
  let rest = ''
  for (let event = await next(); event !== ''; event = await next()) rest += event
  expect(rest).toMatch(/"text":"lo".*"stop_reason":"end_turn".*message_stop/s)
  expect(live?.whole()).toMatchObject({ id: 'msg_x', model: 'm', content: [{ text: 'Hello' }] })
})

it('C42: a stream that the service cuts off is an error, and not an end', async () => {
  for (const cut of [
    chunk('Half'),
    'data: {"choices":',
    `${chunk('x')}data: {"error":{"message":"gone"}}\n\n`
  ]) {
    const service = streamingService()
    const live = await service.live()
    service.write(cut)
    service.close()
    const read = async () => {
      for await (const _ of live?.events ?? []);
    }
    await expect(read()).rejects.toMatchObject({ code: 'service_cut_off', moneyState: 'unknown' })
  }
})
