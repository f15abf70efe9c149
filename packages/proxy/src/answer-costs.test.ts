import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { tokenPrice } from '@bursar/generation/tokenhot'
import { expect, it, onTestFinished } from 'vitest'
import { newProxy } from '../test/new-proxy.js'
import type { AnswerNote } from './serve-context.js'

const model = 'own'
const usage = (completion_tokens: number) => ({ usage: { prompt_tokens: 1, completion_tokens } })

/**
 * A proxy in front of a relay whose answers use as many tokens as their request says, and take the longer the fewer that are.
 * It is a stand-in, and knows no rules.
 */
async function meteredProxy() {
  const relay = createServer(async (request, response) => {
    const { stream, max_tokens: tokens = 0 } = JSON.parse((await text(request)) || '{}')
    await sleep(Math.max(0, 60 - tokens))
    if (stream) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'x' } }] })}\n\n`)
      await sleep(20)
      const ended = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], ...usage(tokens) }
      response.end(`data: ${JSON.stringify(ended)}\n\ndata: [DONE]\n\n`)
    } else {
      const choices = [{ index: 0, message: { role: 'assistant', content: 'x' }, finish_reason: 'stop' }]
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ choices, ...usage(tokens) }))
    }
  })
  await once(relay.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    relay.closeAllConnections()
    relay.close()
  })
  const notes: AnswerNote[] = []
  const baseUrl = `http://127.0.0.1:${(relay.address() as AddressInfo).port}`
  const service = {
    name: 'tokenhot',
    apiKey: 'sk-test',
    baseUrl,
    prices: { [model]: tokenPrice('1', '1') }
  } as const
  const { post, proxy } = await newProxy({ service, onAnswered: (note) => notes.push(note) })
  const ask = async (path: string, body: { readonly max_tokens: number; readonly stream?: boolean }) => {
    const messages = [{ role: 'user', content: 'Hi' }]
    const response = await post(path, { model, messages, ...body })
    await response.text()
    return response
  }
  return { ask, notes, proxy }
}

it('C1: calls that run at once are each told what they cost themselves, in whichever API, and streams when they end', async () => {
  const { ask, notes, proxy } = await meteredProxy()
  const [slow, quick] = await Promise.all([
    ask('/v1/chat/completions', { max_tokens: 3 }),
    ask('/v1/messages', { max_tokens: 49 }),
    ask('/v1/chat/completions', { max_tokens: 7, stream: true }),
    ask('/v1/messages', { max_tokens: 19, stream: true })
  ])
  const header = ({ headers }: Response) => [headers.get('x-bursar-cost'), headers.get('x-bursar-paid-from')]
  expect([header(slow), header(quick)]).toEqual([
    ['0.000004', 'account'],
    ['0.00005', 'account']
  ])
  const told = () => notes.map(({ cost }) => cost?.amount).sort()
  await expect.poll(told).toEqual(['0.000004', '0.000008', '0.00002', '0.00005'])
  expect(proxy.spent()).toMatchObject({ account: '0.000082', payment: '0' })
})
