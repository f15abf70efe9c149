import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BursarError, type Clock, systemClock } from '@bursar/core'
import { openaiFormat } from '@bursar/local-server'
import {
  chatStreamFormat,
  messageStreamFormat,
  responseStreamFormat,
  type StreamFormat
} from '@bursar/translation'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Delivery, deliver } from './deliver.js'
import { Recording } from './recording.js'

/** A clock whose waits end when the test says so. */
function steppedClock() {
  const steps: (() => void)[] = []
  const clock: Clock = {
    ...systemClock,
    sleep: (_, signal) =>
      new Promise((resolve, reject) => {
        steps.push(resolve)
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
  }
  return { clock, steps }
}

/** A server that delivers one recording to each request, and says whether all of it was sent. */
async function serve(recording: Recording, options: Partial<Delivery> = {}) {
  const delivery: Delivery = {
    format: openaiFormat,
    clock: systemClock,
    ...options
  }
  const delivered: boolean[] = []
  const server = createServer(
    async (_, response) => void delivered.push(await deliver(response, recording, delivery))
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, delivered }
}

/** The stream that a client of an API asked for. */
function openOf(format: StreamFormat) {
  const details = { request: { model: 'm' }, id: 'a', createdAtSeconds: 7 }
  return { answer: format.open(details), keepAliveMs: 10 }
}

/** The events of a stream of Responses. */
const eventsIn = (text: string) =>
  [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? ''))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const frozen = new BursarError('ledger/frozen', {
  message: 'The ledger is frozen.',
  context: { reason: 'a test' },
  moneyState: 'none'
})

describe('an answer that is delivered', () => {
  it('arrives as it was recorded, to each who asks', async () => {
    const recording = new Recording()
    const { url, delivered } = await serve(recording)
    const answers = [fetch(url), fetch(url)]
    recording.begin({ status: 201, headers: { 'content-type': 'text/plain' } })
    recording.write(bytes('one '))
    recording.write(bytes('two'))
    recording.end()
    for (const answer of await Promise.all(answers)) {
      expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'text/plain'])
      expect(await answer.text()).toBe('one two')
    }
    await expect.poll(() => delivered).toEqual([true, true])
  })

  it('that failed before its head is a problem with the state of the money', async () => {
    const recording = new Recording()
    const { url, delivered } = await serve(recording)
    recording.end(frozen)
    const answer = await fetch(url)
    expect([answer.status, answer.headers.get('x-bursar-money')]).toEqual([402, 'none'])
    expect(await answer.json()).toMatchObject({ error: { code: 'ledger/frozen' } })
    expect(delivered).toEqual([false])
  })

  it('that breaks off in the middle is never taken for whole', async () => {
    const recording = new Recording()
    const { url, delivered } = await serve(recording)
    recording.begin({ status: 200, headers: { 'content-type': 'application/json' } })
    recording.write(bytes('{"half":'))
    const answer = await fetch(url)
    recording.end(frozen)
    await expect(answer.text()).rejects.toThrow()
    await expect.poll(() => delivered).toEqual([false])
  })

  it('whose client has left is not delivered, and is there for the next', async () => {
    const recording = new Recording()
    const { url, delivered } = await serve(recording)
    const client = request(url).end()
    client.on('error', () => {})
    await once(client, 'socket')
    await expect.poll(() => client.socket?.connecting).toBe(false)
    client.destroy()
    await expect.poll(() => delivered).toEqual([false])
    recording.begin({ status: 200, headers: {} })
    recording.write(bytes('kept'))
    recording.end()
    expect(await (await fetch(url)).text()).toBe('kept')
    await expect.poll(() => delivered).toEqual([false, true])
  })

  it('that is larger than a socket takes waits for its reader, and is whole', async () => {
    const recording = new Recording()
    const { url, delivered } = await serve(recording)
    recording.begin({ status: 200, headers: {} })
    for (let index = 0; index < 64; index++) recording.write(new Uint8Array(256 * 1024).fill(index))
    recording.end()
    const whole = new Uint8Array(await (await fetch(url)).arrayBuffer())
    expect([whole.length, whole.at(-1)]).toEqual([16 * 1024 * 1024, 63])
    await expect.poll(() => delivered).toEqual([true])
  })
})

describe('a stream that has to wait', () => {
  it.each([
    ['OpenAI', chatStreamFormat, ': waiting\n\n'],
    ['Anthropic', messageStreamFormat, 'event: ping']
  ] as const)(
    'begins in time for %s, says again and again that it waits, and is whole',
    async (_, format, ping) => {
      const recording = new Recording()
      const { clock, steps } = steppedClock()
      const { url, delivered } = await serve(recording, { clock, stream: openOf(format) })
      const asked = fetch(url)
      for (const count of [1, 2, 3]) {
        await expect.poll(() => steps.length).toBe(count)
        steps[count - 1]?.()
      }
      const answer = await asked
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
      await expect.poll(() => steps.length).toBe(4)
      recording.begin({ status: 200, headers: {} })
      recording.write(bytes('data: [DONE]\n\n'))
      recording.end()
      const text = await answer.text()
      expect(text.split(ping)).toHaveLength(4)
      expect(text).toMatch(/data: \[DONE\]\n\n$/)
      await expect.poll(() => delivered).toEqual([true])
    }
  )

  it('and fails after it began says so as an event, since its status is gone', async () => {
    const recording = new Recording()
    const { clock, steps } = steppedClock()
    const { url, delivered } = await serve(recording, { clock, stream: openOf(chatStreamFormat) })
    const asked = fetch(url)
    await expect.poll(() => steps.length).toBe(1)
    steps[0]?.()
    const answer = await asked
    recording.end(frozen)
    expect(await answer.text()).toMatch(/data: \{.*ledger\/frozen/)
    expect(delivered).toEqual([false])
  })

  it('C43: of Responses has one beginning, and its numbers are unbroken behind what waited', async () => {
    const recording = new Recording()
    const { clock, steps } = steppedClock()
    const { url } = await serve(recording, { clock, stream: openOf(responseStreamFormat) })
    const asked = fetch(url)
    for (const count of [1, 2, 3]) {
      await expect.poll(() => steps.length).toBe(count)
      steps[count - 1]?.()
    }
    const answer = await asked
    await expect.poll(() => steps.length).toBe(4)
    const output = [{ id: 'msg_a', type: 'message', content: [{ type: 'output_text', text: 'Hello' }] }]
    recording.begin({ status: 200, headers: { 'content-type': 'text/event-stream' } })
    for (const event of responseStreamFormat.events({ id: 'resp_a', status: 'completed', output }, {}))
      recording.write(bytes(event))
    recording.end()
    const events = eventsIn(await answer.text())
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, index) => index))
    const types = events.map(({ type }) => type)
    expect(types.slice(0, 5)).toEqual([
      'response.created',
      ...Array.from({ length: 3 }, () => 'response.in_progress'),
      'response.output_item.added'
    ])
    expect(types.at(-1)).toBe('response.completed')
    expect(new Set(events.flatMap(({ response }) => response?.id ?? []))).toEqual(new Set(['resp_a']))
  })

  it('C42: of Responses that fails ends in response.failed, whole, also behind a part of the answer', async () => {
    const recording = new Recording()
    const { clock } = steppedClock()
    const { url } = await serve(recording, { clock, stream: openOf(responseStreamFormat) })
    const asked = fetch(url)
    recording.begin({ status: 200, headers: { 'content-type': 'text/event-stream' } })
    const [created = '', ...others] = responseStreamFormat.events({ id: 'resp_a', output: [] }, {})
    recording.write(bytes(created + others[0]))
    recording.end(frozen)
    const events = eventsIn(await (await asked).text())
    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.failed'
    ])
    expect(events.at(-1)).toMatchObject({
      sequence_number: 2,
      response: {
        object: 'response',
        status: 'failed',
        model: 'm',
        created_at: 7,
        output: [],
        error: { code: 'invalid_prompt', message: 'The ledger is frozen.' }
      }
    })
  })

  it('C43: says that it waits also behind a part of the answer, and not while the answer arrives', async () => {
    const recording = new Recording()
    const { clock, steps } = steppedClock()
    const { url } = await serve(recording, { clock, stream: openOf(chatStreamFormat) })
    const asked = fetch(url)
    recording.begin({ status: 200, headers: { 'content-type': 'text/event-stream' } })
    recording.write(bytes('data: 1\n\n'))
    const answer = await asked
    for (const count of [1, 2]) {
      await expect.poll(() => steps.length).toBe(count)
      steps[count - 1]?.()
    }
    await expect.poll(() => steps.length).toBe(3)
    recording.write(bytes('data: [DONE]\n\n'))
    recording.end()
    expect(await answer.text()).toBe('data: 1\n\n: waiting\n\ndata: [DONE]\n\n')
  })
})
