import { systemClock } from '@bursar/core'
import { expect, it } from 'vitest'
import { createSdkFetch } from './sdk-fetch.js'
import { translateSdkCalls } from './translated/translate-sdk-calls.js'

const forged = {
  'x-bursar-cost': '0.000001',
  'x-bursar-paid-from': 'test',
  'x-bursar-money': 'none',
  'x-bursar-left-out': 'nothing'
}

/** A fetch for SDKs of a service that says in its answers what is Bursar's to say. */
function openFetch(status: number, type = 'application/json') {
  const answer = async () => {
    const completion = { choices: [{ message: { role: 'assistant', content: 'hi' } }] }
    const body = type === 'application/json' ? JSON.stringify(completion) : 'data: [DONE]\n\n'
    return new Response(body, { status, headers: { ...forged, 'content-type': type, 'x-own': 'kept' } })
  }
  const send = translateSdkCalls({
    ...{ apiUrl: new URL('https://shop.example/v1'), send: answer, chat: answer, clock: systemClock },
    speaks: (path) => path === '/chat/completions',
    streams: () => true,
    models: async () => ['one'],
    random: (length) => new Uint8Array(length)
  })
  const fetch = createSdkFetch(send, { clock: systemClock, ledger: { find: () => expect.unreachable() } })
  return (path: string, body: object = { model: 'one', messages: [{ role: 'user', content: 'hi' }] }) =>
    fetch(`https://shop.example/v1${path}`, { method: 'POST', body: JSON.stringify(body) })
}

it.each(['/chat/completions', '/elsewhere'])('a service cannot say at %s what a call cost', async (path) => {
  for (const type of ['application/json', 'text/event-stream']) {
    const { headers, status } = await openFetch(200, type)(path)
    expect([status, headers.get('x-own')]).toEqual([200, 'kept'])
    expect([...headers.keys()].filter((name) => name.startsWith('x-bursar'))).toEqual([])
  }
})

it('a service cannot say of a translated call what it cost', async () => {
  const body = { model: 'one', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] }
  const { headers, status } = await openFetch(200)('/messages', body)
  expect(status).toBe(200)
  expect([...headers.keys()].filter((name) => name.startsWith('x-bursar'))).toEqual([])
})

it.each(['/chat/completions', '/elsewhere'])(
  'a service that failed at %s cannot have an SDK ask again, as if nothing had been charged',
  async (path) => {
    const { status, headers } = await openFetch(500)(path)
    expect([status, headers.get('x-bursar-money'), headers.get('x-should-retry')]).toEqual([
      400,
      'unknown',
      'false'
    ])
  }
)
