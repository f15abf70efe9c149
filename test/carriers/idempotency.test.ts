import { createKatana } from 'bursar/katana'
import { describe, expect, it } from 'vitest'
import { chat, MODEL as KNOWN, message, post } from './asks.js'
import { type Answer, type Ask, MODEL, openCarriers, type ServiceName } from './carriers.js'
import { openBursar } from './open-bursar.js'
import { openService } from './service.js'

const completion = (model: string) =>
  JSON.stringify({
    ...{ id: 'c', object: 'chat.completion', created: 1, model },
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
  })
const asset = { kind: 'image', url: 'BASE/made.png', mime_type: 'image/png' }
const job = JSON.stringify({
  request_id: 'job_1',
  status: 'completed',
  created_at: '2026-05-13T13:00:00Z',
  responses: [{ job_id: 'item_1', status: 'completed', output_assets: [asset] }]
})

const answerOf = ({ path }: Ask): Answer =>
  path.endsWith('/generation-requests?wait=false') ? { isPaid: true, body: job } : { body: completion(KNOWN) }
const keyed = (ask: Ask, key = 'order-7'): Ask => ({ ...ask, headers: { 'idempotency-key': key } })
const image = post('/images/generations', { model: 'gen', prompt: 'A mug' })

const calls: readonly [name: string, ServiceName, Ask][] = [
  ['a chat of a relay', 'openclaw', chat({ model: MODEL })],
  ['a chat that a balance pays', 'katana', chat()],
  ['a chat that is to stream', 'katana', chat({ stream: true })],
  ['Messages', 'venice', message()],
  ['an image that x402 pays', 'katana', image]
]

describe('through the proxy and inside the process, calls with one Idempotency-Key are one call', () => {
  it.each(calls)('%s', async (_, service, ask) => {
    const { proxied, inProcess } = await openCarriers(answerOf, service)
    for (const carried of [proxied, inProcess]) {
      const [first, again] = [await carried(keyed(ask)), await carried(keyed(ask))]
      expect([first.status, again.status, again.body]).toEqual([200, 200, first.body])
      expect([first.received.length > 0, again.received]).toEqual([true, []])
      expect(again.purchases).toEqual(first.purchases)
      expect((await carried(keyed(ask, 'order-8'))).received).toEqual(first.received)
    }
  })

  it('another request with the key is not made', async () => {
    const { proxied, inProcess } = await openCarriers(answerOf, 'katana')
    const rejections = []
    for (const carried of [proxied, inProcess]) {
      await carried(keyed(chat()))
      const { status, body, received } = await carried(keyed(chat({ max_tokens: 8 })))
      const { message: words, code } = JSON.parse(body).error
      rejections.push([status, words, code, received])
    }
    expect(rejections[1]).toEqual(rejections[0])
    expect(rejections[0]?.[0]).toBe(422)
  })
})

it('what was paid under a key is not paid again by a process that is started again', async () => {
  const { url: baseUrl } = await openService(answerOf)
  const bursar = openBursar()
  const statuses: number[] = []
  let text = ''
  for (let run = 0; run < 2; run++) {
    const { openaiFetch, baseURL } = createKatana(bursar, { baseUrl })
    const { body = null } = image as { readonly body?: string }
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'order-7' }
    const response = await openaiFetch(`${baseURL}/images/generations`, { method: 'POST', headers, body })
    statuses.push(response.status)
    text = await response.text()
  }
  expect(statuses[0]).toBe(200)
  expect(text).toContain('purchase/already-settled')
  expect(statuses[1]).toBeGreaterThanOrEqual(400)
  let purchases = 0
  for await (const _ of bursar.history()) purchases++
  expect(purchases).toBe(1)
})
