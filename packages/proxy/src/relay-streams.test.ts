import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tokenPrice } from '@bursar/generation/openclaw'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newProxy } from '../test/new-proxy.js'

const model = 'gpt-own'

/** A proxy in front of a relay that answers every POST as the test says. It is a stand-in, and knows no rules. */
async function proxyOf(answer: (response: ServerResponse) => void) {
  const relay = createServer((request, response) => {
    request.resume()
    if (request.method === 'POST') answer(response)
    else response.end(JSON.stringify({ data: [{ id: model }] }))
  })
  await once(relay.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    relay.closeAllConnections()
    relay.close()
  })
  const baseUrl = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`
  const prices = { [model]: tokenPrice('1', '1') }
  const { post } = await newProxy({ service: { name: 'openclaw', apiKey: 'sk-test', baseUrl, prices } })
  return async (path: string, body: object) => {
    const response = await post(`/v1/${path}`, { model, max_tokens: 5, ...body })
    return { type: response.headers.get('content-type'), text: await response.text() }
  }
}

const messages = [{ role: 'user', content: 'Hi' }]
const event = (data: object) => `data: ${JSON.stringify(data)}\n\n`
const chunk = (delta: object, finish_reason: string | null = null) =>
  event({ id: 'c', model: 'inner', choices: [{ index: 0, delta, finish_reason }] })
const started = {
  chat: chunk({ content: 'Hel' }),
  messages: `event: message_start\n${event({ type: 'message_start', message: { id: 'm', model: 'inner' } })}`,
  responses: `event: response.created\n${event({
    type: 'response.created',
    sequence_number: 0,
    response: { id: 'resp_r', model: 'inner' }
  })}`
}

/** A stream that breaks off within an event. */
const cutAfter = (text: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(`${text}data: {"half`, () => response.destroy())
}

describe('C42: a stream that a relay breaks off within an event', () => {
  it('ends with an error on chat completions, behind whole events', async () => {
    const ask = await proxyOf(cutAfter(started.chat))
    const { text } = await ask('chat/completions', { messages, stream: true })
    expect(text).not.toContain('half')
    const [first, last] = text.split('\n\n')
    expect(first).toContain('Hel')
    expect(last).toMatch(/^data: \{"error":\{"message":"The service broke off.*"invalid_request_error"/)
  })

  it('ends with an error event on Messages', async () => {
    const ask = await proxyOf(cutAfter(started.messages))
    const { text } = await ask('messages', { messages, stream: true })
    expect(text).toMatch(/^event: message_start\n.*\n\nevent: error\ndata: .*broke off/)
  })

  it('ends with response.failed on Responses, numbered on', async () => {
    const ask = await proxyOf(cutAfter(started.responses))
    const { text } = await ask('responses', { input: 'Hi', stream: true })
    expect(text).not.toContain('half')
    const failed = JSON.parse(text.split('data: ').at(-1) ?? '')
    expect(failed).toMatchObject({
      type: 'response.failed',
      sequence_number: 1,
      response: { status: 'failed', error: { code: 'invalid_prompt' } }
    })
  })

  it('ends with an error where the service ends it without an end', async () => {
    const ask = await proxyOf((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(started.chat)
    })
    const { text } = await ask('chat/completions', { messages, stream: true })
    expect(text).toMatch(/data: \{"error":\{"message":"The service broke off/)
  })
})

describe('what a relay answers itself', () => {
  const whole = {
    id: 'c',
    model: 'inner',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
  }

  it('C45: is a stream where one was asked for, also when it came whole', async () => {
    const ask = await proxyOf((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole))
    })
    const streamed = await ask('chat/completions', { messages, stream: true })
    expect(streamed.type).toBe('text/event-stream')
    expect(streamed.text).toMatch(/"content":"Hi".*"finish_reason":"stop".*data: \[DONE\]\n\n$/s)
    const { type, text } = await ask('chat/completions', { messages })
    expect([type, JSON.parse(text).object]).toEqual(['application/json', undefined])
  })

  it('C13: has the name that was asked for, whole and streamed', async () => {
    const ask = await proxyOf((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole))
    })
    expect(JSON.parse((await ask('chat/completions', { messages })).text).model).toBe(model)
    const stream = await proxyOf((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(`${started.chat}${chunk({}, 'stop')}data: [DONE]\n\n`)
    })
    const { text } = await stream('chat/completions', { messages, stream: true })
    expect(text).toContain(`"model":"${model}"`)
    expect(text).not.toContain('inner')
  })
})
