import type { Bursar, Purchase } from 'bursar'
import { createKatana } from 'bursar/katana'
import { expect, it } from 'vitest'
import { chat, MODEL, message, post } from './asks.js'
import { openBursar } from './open-bursar.js'
import { type Answer, type Ask, openService } from './service.js'

const completion = JSON.stringify({
  ...{ id: 'c', object: 'chat.completion', created: 1, model: MODEL },
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }]
})
const asset = { kind: 'image', url: 'BASE/made.png', mime_type: 'image/png' }
const job = JSON.stringify({
  request_id: 'job_1',
  status: 'completed',
  created_at: '2026-05-13T13:00:00Z',
  responses: [{ job_id: 'item_1', status: 'completed', output_assets: [asset] }]
})

/** Katana, paid by x402 for everything, as an SDK in this process calls it. */
async function openKatana(answerOf?: (ask: Ask) => Answer) {
  const paid = ({ path }: Ask): Answer => ({
    isPaid: true,
    body: path.endsWith('/chat/completions') ? completion : job
  })
  const { url: baseUrl } = await openService(answerOf ?? paid)
  const bursar = openBursar()
  const { openaiFetch, baseURL } = createKatana(bursar, { baseUrl, billing: 'direct' })
  const send = ({ path, body }: Ask, signal?: AbortSignal) =>
    openaiFetch(baseURL + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {})
    })
  return { bursar, send }
}

async function purchasesOf(bursar: Bursar): Promise<readonly Purchase[]> {
  const purchases: Purchase[] = []
  for await (const purchase of bursar.history()) purchases.push(purchase)
  return purchases
}

const image = post('/images/generations', { model: 'gen', prompt: 'A mug' })

it.each<[name: string, ask: Ask]>([
  ['a chat that is handed on', chat()],
  ['a chat that is to stream', chat({ stream: true })],
  ['Messages, which are translated', message()],
  ['an image of a job', image],
  ['a job that is asked for as Katana has it', post('/generation-requests', { requests: [] })]
])('the answer of an SDK’s fetch has its receipt: %s', async (_, ask) => {
  const { bursar, send } = await openKatana()
  const response = await send(ask, new AbortController().signal)
  expect(response.status).toBe(200)
  const receipt = bursar.receiptOf(response)
  expect(receipt).toMatchObject({ moneyState: 'settled', amount: '0.03', resumed: false })
  const [purchase] = await purchasesOf(bursar)
  expect(receipt?.purchase).toBe(purchase?.id)
})

it('what a later equal call is handed was paid by an earlier one, as its receipt says', async () => {
  const patience = new AbortController()
  const { bursar, send } = await openKatana(() => {
    patience.abort(new Error('enough'))
    return { isPaid: true, body: completion }
  })
  await expect(send(chat(), patience.signal)).rejects.toThrow('enough')
  expect(bursar.receiptOf(await send(chat()))).toMatchObject({ resumed: true })
  expect(await purchasesOf(bursar)).toHaveLength(1)
})

it('an answer that nothing was paid for has no receipt', async () => {
  const { bursar, send } = await openKatana(() => ({ body: completion }))
  expect(bursar.receiptOf(await send(chat()))).toBeUndefined()
})

it('a job that an SDK’s fetch buys by Katana’s own request is known by its name, with what paid for it', async () => {
  const { bursar, send } = await openKatana()
  const response = await send(post('/generation-requests', { requests: [] }))
  expect(await response.json()).toMatchObject({ request_id: 'job_1' })
  const [purchase] = await purchasesOf(bursar)
  expect(purchase).toMatchObject({ job: 'job_1', state: 'settled', call: 'answered' })
})
