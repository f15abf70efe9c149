import { describe, expect, it } from 'vitest'
import { type Answer, type Ask, GPT, MODEL, openCarriers } from './carriers.js'

const messages = [{ role: 'user', content: 'Hi' }]
const TOO_MUCH = 900_000
const post = (path: string, body: object): Ask => ({ path, body: JSON.stringify(body) })
const ask = (path: string, more: object = {}): Ask =>
  path === '/responses'
    ? post(path, { model: GPT, input: 'Hi', max_output_tokens: 9, ...more })
    : post(path, { model: MODEL, max_tokens: 9, messages, ...more })
const texts = ['/chat/completions', '/messages', '/responses']

const refusal = (status: number): Answer => ({
  status,
  headers: { 'retry-after': '7', 'request-id': 'req_1' },
  body: JSON.stringify({ error: { message: 'not so', type: 'other', code: 'other' } })
})

const unread: readonly [name: string, ask: Ask][] = [
  ['a message that is none', ask('/messages', { messages: [7] })],
  ['no model', ask('/chat/completions', { model: null })],
  ['input for a chat', post('/chat/completions', { model: MODEL, input: 'Hi' })],
  ['an input that is a number', ask('/responses', { input: 5 })],
  ['tokens of what is no list', ask('/messages/count_tokens', { messages: 7 })],
  ['a model that is not there', { method: 'GET', path: '/models/none' }],
  ['a name that is encoded wrongly', { method: 'GET', path: '/models/%E0%A4%A' }],
  ['a video', post('/videos', { model: MODEL, prompt: 'A wave' })],
  ['GET of what takes POST', { method: 'GET', path: '/messages' }]
]

const lost: Answer = { body: '{', isCut: true }

/** What a client goes by. Bodies have the members of the client's API, and inside a process some of ours. */
function toldBy({ status, headers, body, purchases }: Awaited<ReturnType<Carriers['proxied']>>) {
  const { message } = JSON.parse(body).error
  const told = /"(?:retry-after|(?:x-)?request-id)","[^"]*"/g
  return { status, message, headers: headers.match(told), purchases }
}

type Carriers = Awaited<ReturnType<typeof openCarriers>>

/** Through both carriers, which say the same. @returns what they say. */
async function both(asked: Ask, answer: Answer = refusal(500)) {
  const { proxied, inProcess } = await openCarriers(() => answer)
  const [through, within] = [await proxied(asked), await inProcess(asked)]
  expect(toldBy(within)).toEqual(toldBy(through))
  return { ...toldBy(through), money: [through, within].map(({ headers }) => moneyIn(headers)) }
}

function moneyIn(headers: string): string | undefined {
  return /"x-bursar-money","(\w+)"/.exec(headers)?.[1]
}

describe('through the proxy and inside the process, a failure is told by the same status and words', () => {
  it.each(unread)('C33: %s, and nothing is paid', async (_, asked) => {
    const { purchases, money } = await both(asked)
    expect([purchases, money]).toEqual([[], ['none', 'none']])
  })

  it.each(texts)('C6: a rejection by a limit on %s, once', async (path) => {
    const limit = path === '/responses' ? { max_output_tokens: TOO_MUCH } : { max_tokens: TOO_MUCH }
    const { status, money } = await both(ask(path, limit))
    expect([status, money]).toEqual([path === '/responses' ? 400 : 402, ['none', 'none']])
  })

  it.each(texts)('C55: a model without a price on %s', async (path) => {
    const { status, message } = await both(ask(path, { model: 'a-new-model' }))
    expect([status, message]).toEqual([400, expect.stringContaining('--price')])
  })

  it.each([400, 404, 429, 503])('a relay’s own %i, with when it may be asked again', async (status) => {
    for (const path of texts) {
      const told = await both(ask(path), refusal(status))
      expect(told).toMatchObject({ status, message: 'not so' })
      expect(told.headers).toEqual(['"request-id","req_1"', '"retry-after","7"'])
    }
  })

  it.each(texts)(
    'C5: what a relay failed at and may have billed on %s, which nobody repeats',
    async (path) => {
      for (const answer of [refusal(500), lost]) {
        const { status, purchases, money } = await both(ask(path), answer)
        const unrepeated = path === '/messages' ? 402 : 400
        expect([status, purchases.length, money]).toEqual([unrepeated, 1, ['unknown', 'unknown']])
      }
    }
  )

  it('an error that is longer than is read of it, which goes on as it is inside the process', async () => {
    const body = JSON.stringify({ error: { message: 'not so' }, filler: 'x'.repeat(1_200_000) })
    const { inProcess } = await openCarriers(() => ({ status: 404, body }))
    expect(await inProcess(ask('/chat/completions'))).toMatchObject({ status: 404, body })
  })
})
