import { BursarError, type MoneyState } from '@bursar/core'
import { type ApiFormat, listen, openaiFormat, problemOf, sendProblem } from '@bursar/local-server'
import { expect, it, onTestFinished } from 'vitest'
import { paid } from '../../../local-server/test/paid.js'
import { anthropicFormat, responsesFormat } from './api-formats.js'

type PaymentCode =
  | 'payment/failed'
  | 'payment/refused'
  | 'payment/settled-answer-lost'
  | 'payment/outcome-unknown'

const paymentError = (code: PaymentCode, moneyState: MoneyState) =>
  new BursarError(code, { message: 'x', context: paid, moneyState })

const tooDear = new BursarError('offer/over-limit', {
  message: 'too dear',
  context: { limit: 'payment', allowed: '0.01', requested: '0.02', used: '0' },
  moneyState: 'none'
})

/** Answers one request with an error. */
async function answerWith(error: unknown, format: ApiFormat, begin = ''): Promise<Response> {
  const server = await listen(0, (_, response) => {
    if (begin !== '') response.writeHead(200).write(begin)
    sendProblem(response, problemOf(error), format)
  })
  onTestFinished(() => server.close())
  return fetch(server.url)
}

it.each([
  ['payment/failed', 'settled', 402],
  ['payment/refused', 'settled', 402],
  ['payment/settled-answer-lost', 'settled', 502],
  ['payment/failed', 'unknown', 502],
  ['payment/refused', 'unknown', 402],
  ['payment/outcome-unknown', 'unknown', 502]
] as const)('C5: Messages get %s with the money %s as %i', async (code, moneyState, status) => {
  const answer = await answerWith(paymentError(code, moneyState), anthropicFormat)
  const type = status === 402 ? 'billing_error' : 'api_error'
  expect([answer.status, await answer.json()]).toMatchObject([status, { error: { type } }])
})

it('C5: what was paid and failed is 400, which nobody repeats but Claude Code', async () => {
  const failed = paymentError('payment/failed', 'settled')
  expect((await answerWith(failed, openaiFormat)).status).toBe(400)
  expect((await answerWith(failed, responsesFormat)).status).toBe(400)
  expect((await answerWith(failed, anthropicFormat)).status).toBe(402)
})

it('writes an error as Anthropic does, and as an event where a stream has begun', async () => {
  const body = { type: 'error', error: { type: 'billing_error', message: 'too dear' } }
  expect(await (await answerWith(tooDear, anthropicFormat)).json()).toEqual(body)
  const streamed = await answerWith(tooDear, anthropicFormat, 'event: ping\n\n')
  expect(await streamed.text()).toMatch(/^event: ping\n\nevent: error\ndata: \{"type":"error"/)
})
