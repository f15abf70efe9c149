import { createServer, type IncomingMessage } from 'node:http'
import type { Clock } from '@bursar/core'
import { Webhook as Verifier } from 'standardwebhooks'
import { expect, it, onTestFinished } from 'vitest'
import { until } from '../../../test/until.js'
import { paying, rejection } from '../../fetch/test/paying.js'
import { payable, serve } from '../../fetch/test/scripted-server.js'
import { createWebhook } from './create-webhook.js'
import type { Notification } from './notification.js'
import { notifyOfCalls } from './notify-of-calls.js'
import { newWebhookSecret } from './sign-message.js'
import type { WebhookOptions } from './webhook-options.js'

const secret = newWebhookSecret()
const frozen: Notification = { type: 'ledger.frozen', id: 'frozen_1', atMs: 0, data: { reason: 'a test' } }

interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A receiver on loopback that answers with one status after the other, and then with the last. */
async function newReceiver(...statuses: readonly number[]) {
  const received: Received[] = []
  const server = createServer(async (message, response) => {
    let body = ''
    for await (const chunk of message) body += chunk
    received.push({ headers: message.headers, body })
    const status = statuses[received.length - 1] ?? statuses.at(-1) ?? 204
    response.writeHead(status, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : expect.unreachable()
  return { url: `http://127.0.0.1:${port}/hook`, received }
}

/** A clock on which no time passes while a webhook waits, and that says how long it would have been. */
function newClock() {
  const waits: number[] = []
  const clock: Clock = {
    nowMs: () => Date.now(),
    sleep: async (ms, signal) => {
      waits.push(ms)
      await new Promise((resolve) => setImmediate(resolve))
      signal?.throwIfAborted()
    }
  }
  return { clock, waits }
}

/** A webhook that waits no time, and what it gives up. */
function newWebhook(url: string, options: Partial<WebhookOptions> = {}) {
  const lost: string[] = []
  const { clock, waits } = newClock()
  const onLost: WebhookOptions['onLost'] = ({ id }, reason) => void lost.push(`${id}: ${reason}`)
  const webhook = createWebhook({ url, secret, clock, onLost, random: () => new Uint8Array(1), ...options })
  onTestFinished(() => webhook.close())
  return { webhook, lost, waits }
}

it('posts what the official library of Standard Webhooks verifies', async () => {
  const { url, received } = await newReceiver(204)
  newWebhook(url).webhook.notify(frozen)
  await until(() => received.length === 1)
  const [{ headers, body }] = received as [Received]
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  expect(new Verifier(secret).verify(body, named)).toEqual({
    type: 'ledger.frozen',
    timestamp: '1970-01-01T00:00:00.000Z',
    data: { reason: 'a test' }
  })
  expect(headers['webhook-id']).toBe('frozen_1')
  expect(() => new Verifier(newWebhookSecret()).verify(body, named)).toThrow()
})

it('sends again with the same id, each time later, until it is taken', async () => {
  const { url, received } = await newReceiver(500, 503, 302, 200)
  const { webhook, waits, lost } = newWebhook(url)
  webhook.notify(frozen)
  await until(() => received.length === 4)
  expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['frozen_1']))
  expect(waits.slice(0, 3)).toEqual([500, 1000, 2000])
  expect(lost).toEqual([])
})

it('gives up after its attempts, or at once when the receiver is gone, and says so', async () => {
  const { url, received } = await newReceiver(500)
  const { webhook, lost } = newWebhook(url, { attempts: 3 })
  webhook.notify(frozen)
  await until(() => lost.length === 1)
  expect(received).toHaveLength(3)
  const gone = await newReceiver(410)
  const other = newWebhook(gone.url)
  other.webhook.notify(frozen)
  await until(() => other.lost.length === 1)
  expect(gone.received).toHaveLength(1)
  expect([...lost, ...other.lost]).toEqual([
    'frozen_1: it was answered with 500',
    'frozen_1: it was answered with 410'
  ])
})

it('gives up at once what cannot be written, such as a time that is no date, and tells the next', async () => {
  const { url, received } = await newReceiver(204)
  const { webhook, lost } = newWebhook(url)
  webhook.notify({ ...frozen, id: 'timeless', atMs: Number.NaN })
  webhook.notify(frozen)
  await until(() => lost.length === 1 && received.length === 1)
  expect(lost).toEqual(['timeless: it could not be sent (RangeError)'])
  expect(received[0]?.headers['webhook-id']).toBe('frozen_1')
})

it('keeps so many and no more, the newest, and tells what is asked for, once', async () => {
  // It waits for ever before it sends again; the five seconds of the end pass at once.
  const sleep: Clock['sleep'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      if (ms === 5_000) resolve()
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  const clock = { nowMs: () => Date.now(), sleep }
  const { url, received } = await newReceiver(500)
  const { webhook, lost } = newWebhook(url, { clock, maxWaiting: 2, events: ['ledger.frozen'] })
  webhook.notify({ ...frozen, type: 'ledger.thawed', id: 'thawed' })
  for (const id of ['a', 'b', 'b', 'c']) webhook.notify({ ...frozen, id })
  await until(() => lost.length === 1)
  expect(lost).toEqual(['a: more than 2 notifications wait'])
  await until(() => received.some(({ headers }) => headers['webhook-id'] === 'c'))
  expect(received.map(({ headers }) => headers['webhook-id'])).not.toContain('thawed')
})

it('tells that payments are frozen whatever number of refusals waits, and sends four at once', async () => {
  const answers: (() => void)[] = []
  const sent: string[] = []
  let [open, most, answersAtOnce] = [0, 0, false]
  const send: typeof fetch = async (_, init) => {
    sent.push(String(new Headers(init?.headers).get('webhook-id')))
    most = Math.max(most, ++open)
    if (!answersAtOnce) await new Promise<void>((resolve) => answers.push(resolve))
    open--
    return new Response(null, { status: 204 })
  }
  const { webhook, lost } = newWebhook('https://hooks.example/', { fetch: send, maxWaiting: 10 })
  const refusals = (from: number, to: number): void => {
    for (let at = from; at < to; at++)
      webhook.notify({ ...frozen, type: 'payment.refused', id: `refusal_${at}` })
  }
  refusals(0, 20)
  webhook.notify(frozen)
  refusals(20, 100)
  await until(() => answers.length === 4)
  answers[0]?.()
  await until(() => sent.length === 5)
  expect(sent[4]).toBe('frozen_1')
  answersAtOnce = true
  for (const answer of answers) answer()
  await until(() => open === 0 && sent.length + lost.length === 101)
  expect(most).toBe(4)
  expect(lost.some((line) => line.startsWith('frozen_1'))).toBe(false)
})

it('never delays or fails a payment, and tells what it paid and what a limit refused', async () => {
  const { url } = await serve(payable)
  const { bursar } = paying({ limits: { payment: '0.05', total: '0.01' } })
  const silent = newWebhook('http://127.0.0.1:9/hook', { attempts: 2 })
  const told: Notification[] = []
  notifyOfCalls(bursar, silent.webhook)
  notifyOfCalls(bursar, { notify: (notification) => void told.push(notification) }, 'research')
  expect((await bursar.fetch(`${url}/report?key=hidden-word`)).status).toBe(200)
  await rejection(bursar.fetch(`${url}/report?key=hidden-word`))
  const host = new URL(url).host
  expect(told).toMatchObject([
    { type: 'payment.settled', data: { host, amount: '0.01', asset: 'USDC', agent: 'research' } },
    { type: 'payment.refused', data: { host, code: 'offer/over-limit', agent: 'research' } }
  ])
  expect(told[0]?.id).toBe(`settled_${told[0]?.data.purchase}`)
  expect(JSON.stringify(told)).not.toMatch(/hidden-word|report|signature/)
  await until(() => silent.lost.length === 2)
})

it('takes https or this machine alone, and a secret that is one, and shows neither', () => {
  const refused = (options: Partial<WebhookOptions>, words: RegExp) => {
    const open = () => createWebhook({ url: 'https://hooks.example', secret, ...options })
    expect(open).toThrow(words)
    expect(open).not.toThrow(/hidden-word/)
  }
  refused({ url: 'http://hidden-word.example' }, /webhook\.url must be an https URL/)
  refused({ secret: 'whsec_hidden-word' }, /webhook\.secret must be whsec_/)
  refused({ secret: `whsec_${btoa('too short')}` }, /webhook\.secret/)
  refused({ events: ['payment.setled'] as never }, /webhook\.events/)
})

it('warns of an onLost that fails, by throwing or by a promise, and goes on', async () => {
  const warned: string[] = []
  const onWarning = ({ message }: Error): void => void warned.push(message)
  process.on('warning', onWarning)
  onTestFinished(() => void process.off('warning', onWarning))
  const { url } = await newReceiver(410, 410)
  const onLost: WebhookOptions['onLost'] = async () => {
    throw new Error('the log is full')
  }
  const { webhook } = newWebhook(url, { onLost })
  webhook.notify(frozen)
  await until(() => warned.length === 1)
  expect(warned).toEqual(['Bursar called onLost, which failed: Error: the log is full'])
})
