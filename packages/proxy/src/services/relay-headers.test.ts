import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tokenPrice } from 'bursar/openclaw'
import { expect, it, onTestFinished } from 'vitest'
import { newProxy, TOKEN } from '../../test/new-proxy.js'
import type { ProxyOptions } from '../proxy-options.js'

const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-6', content: [] }

/** A pretend relay that writes down what reaches it. */
async function newRelay(options: Partial<ProxyOptions> = {}) {
  const received: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = []
  const server = createServer((request, response) => {
    received.push({ url: request.url ?? '', headers: request.headers })
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.setHeader('request-id', 'req_1')
      response.setHeader('anthropic-ratelimit-requests-remaining', '7')
      response.setHeader('set-cookie', 'a=b')
      response.end(JSON.stringify(request.method === 'GET' ? { data: [{ id: message.model }] } : message))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const prices = { [message.model]: tokenPrice('3.00', '15.00') }
  const proxy = await newProxy({
    ...options,
    service: { name: 'openclaw', apiKey: 'sk-relay', baseUrl, prices }
  })
  return { ...proxy, asked: () => received.filter(({ url }) => !url.endsWith('/models')) }
}

const body = { model: message.model, max_tokens: 64, messages: [{ role: 'user', content: 'Hi' }] }

it('C52: Messages that are handed on keep the headers of their API, both ways, and no token of ours goes', async () => {
  const { post, asked } = await newRelay()
  const answer = await post('/v1/messages?beta=true', body, {
    'anthropic-version': '2023-06-01',
    'anthropic-beta': 'interleaved-thinking-2025-05-14',
    'x-api-key': TOKEN,
    cookie: 'a=b',
    'x-app': 'cli'
  })
  expect(answer.status).toBe(200)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'request-id': 'req_1',
    'anthropic-ratelimit-requests-remaining': '7',
    'x-bursar-paid-from': 'account'
  })
  expect(answer.headers.get('set-cookie')).toBeNull()
  const [{ url, headers } = expect.unreachable()] = asked()
  expect(url).toBe('/v1/messages?beta=true')
  expect(headers).toMatchObject({
    'anthropic-version': '2023-06-01',
    'anthropic-beta': 'interleaved-thinking-2025-05-14',
    authorization: 'Bearer sk-relay'
  })
  expect(JSON.stringify(headers)).not.toContain(TOKEN)
  expect(headers.cookie).toBeUndefined()
})

it('C52: no other query goes with it', async () => {
  const { post, asked } = await newRelay()
  await post('/v1/messages?key=x&beta=false', body)
  expect(asked().map(({ url }) => url)).toEqual(['/v1/messages'])
})

it('C55: a model without a price is refused before it is sent, with the option that gives it one', async () => {
  const { post, asked } = await newRelay()
  const asks = { '/v1/messages': body, '/v1/chat/completions': body, '/v1/responses': { input: 'Hi' } }
  for (const [path, ask] of Object.entries(asks)) {
    const answer = await post(path, { ...ask, model: 'a-new-model' })
    const { error } = await answer.json()
    expect([answer.status, answer.headers.get('x-bursar-money')], path).toEqual([400, 'none'])
    expect(error.message).toMatch(/^The price of a-new-model at openclaw is not known.*--price/)
  }
  expect(asked().filter(({ url }) => /messages|completions|responses/.test(url))).toEqual([])
})

it('C10: a text is held by the tokens that its script can have: 400,000 Chinese characters are refused unsent', async () => {
  const { post, asked } = await newRelay({ limits: { payment: '0.20', day: '0.20' } })
  const messages = [{ role: 'user', content: '漢'.repeat(400_000) }]
  for (const path of ['/v1/messages', '/v1/chat/completions']) {
    const answer = await post(path, { ...body, messages })
    expect([answer.status, answer.headers.get('x-bursar-money')], path).toEqual([402, 'none'])
  }
  expect(asked()).toEqual([])
})
