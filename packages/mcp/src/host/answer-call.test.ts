import type { ServerResponse } from 'node:http'
import { ProgressNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it } from 'vitest'
import { challenge, type Route, receipt, startPaidServer } from '../../../../test/loopback/paid-server.js'
import { connect } from '../../test/client.js'
import { fakeKatana } from '../../test/fake-katana.js'
import { heldClock } from '../../test/held-clock.js'
import type { CallJournal } from '../calls/call-journal.js'
import { MemoryJournal } from '../calls/memory-journal.js'

/** A seller that answers what is paid when the test lets it. */
async function slowSeller() {
  const held: ServerResponse[] = []
  const slow: Route = (arrival, response) => {
    if (arrival.payment === undefined) challenge(arrival, response)
    else held.push(response)
  }
  const { url, payments } = await startPaidServer({ '/slow': slow })
  const answer = (text: string): void => void held.shift()?.writeHead(200, receipt()).end(text)
  return { url: `${url}/slow`, payments, held, answer }
}

/** Turns of the event loop, for what is wrong to show itself. */
async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('an equal call', () => {
  it('C58: gets the result of one that the client cancelled, in flight and after, and pays once', async () => {
    const { url, payments, held, answer } = await slowSeller()
    const { call, client } = await connect()
    const request = { name: 'pay_url', arguments: { url } }
    for (let attempt = 0; attempt < 2; attempt++) {
      const stop = new AbortController()
      const cancelled = client.callTool(request, undefined, { signal: stop.signal })
      await expect.poll(() => held.length).toBe(1)
      stop.abort('the time of the host is up')
      await expect(cancelled).rejects.toThrow(/time of the host/)
    }
    answer('slowly')
    await aWhile()
    expect((await call('pay_url', { url })).output).toMatchObject({ body: 'slowly', spent: '0.05 USDC' })
    expect(payments()).toBe(1)
    const next = call('pay_url', { url })
    await expect.poll(() => held.length).toBe(1)
    answer('anew')
    expect((await next).output).toMatchObject({ body: 'anew' })
    expect(payments()).toBe(2)
  })

  it('asks anew for what cost nothing, also when nobody was given that', async () => {
    const held: ServerResponse[] = []
    const free: Route = (_, response) => void held.push(response)
    const { url } = await startPaidServer({ '/free': free })
    const { call, client } = await connect()
    const stop = new AbortController()
    const request = { name: 'pay_url', arguments: { url: `${url}/free` } }
    const cancelled = client.callTool(request, undefined, { signal: stop.signal })
    await expect.poll(() => held.length).toBe(1)
    stop.abort('gone')
    await expect(cancelled).rejects.toThrow(/gone/)
    held.shift()?.end('yesterday')
    await aWhile()
    const next = call('pay_url', { url: `${url}/free` })
    await expect.poll(() => held.length).toBe(1)
    held.shift()?.end('today')
    expect((await next).output).toMatchObject({ body: 'today', paid: 'nothing' })
  })

  it('C58: is a new purchase when it is made in the very moment of the delivery', async () => {
    const { url, payments } = await startPaidServer()
    const { call } = await connect()
    for (let count = 1; count <= 4; count++) {
      expect((await call('pay_url', { url: `${url}/report` })).isError).toBe(false)
      expect(payments()).toBe(count)
    }
  })

  it('C58: of a text that was paid, and that nobody was given, gets that text', async () => {
    const katana = fakeKatana()
    const { create } = katana.chat.completions
    let release = (): void => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow: typeof create = async (body, options) => {
      await held
      return create(body, options)
    }
    const { call, client } = await connect({ katana: { ...katana, chat: { completions: { create: slow } } } })
    const stop = new AbortController()
    const request = { name: 'generate_text', arguments: { prompt: '2+2?' } }
    const cancelled = client.callTool(request, undefined, { signal: stop.signal })
    await aWhile()
    stop.abort('gone')
    await expect(cancelled).rejects.toThrow(/gone/)
    release()
    await aWhile()
    expect((await call('generate_text', { prompt: '2+2?' })).output).toMatchObject({ text: 'four' })
    expect(katana.requests).toHaveLength(1)
    await call('generate_text', { prompt: '2+2?' })
    expect(katana.requests).toHaveLength(2)
  })

  it('C58: of a video goes on with the one that is being made, until that was given', async () => {
    const katana = fakeKatana({ status: 'processing' })
    const { call } = await connect({ katana })
    const request = { prompt: 'A wave', model: 'ltx-2-3', durationSeconds: 5 }
    const answers = [await call('generate_video', request), await call('generate_video', request)]
    expect(answers.map(({ output }) => output.job)).toEqual(['job-1', 'job-1'])
    expect(katana.requests).toHaveLength(1)
  })
})

describe('a call that takes longer than hosts wait', () => {
  it('C59: is answered before 50 s with how to ask for it, and the answer is had by that', async () => {
    const { url, payments, held, answer } = await slowSeller()
    const { clock, pass } = heldClock()
    const { call } = await connect({ clock })
    const first = call('pay_url', { url })
    await expect.poll(() => held.length).toBe(1)
    await pass(49_000)
    const { output } = await first
    expect(output).toMatchObject({ status: 'running', next: 'check_job, in a while', spent: '0.05 USDC' })
    const asked = call('check_job', { job: output.job })
    await aWhile()
    answer('at last')
    expect((await asked).output).toMatchObject({ body: 'at last', spent: '0.05 USDC' })
    expect((await call('check_job', { job: output.job })).output).toMatchObject({ body: 'at last' })
    expect(payments()).toBe(1)
  })

  it('C59: tells who asks for it that it goes on, at least every 10 s, more each time, and nothing later', async () => {
    const { url, held, answer } = await slowSeller()
    const { clock, pass } = heldClock()
    const { client } = await connect({ clock })
    const told: number[] = []
    const onprogress = ({ progress }: { readonly progress: number }): void => void told.push(progress)
    const called = client.callTool({ name: 'pay_url', arguments: { url } }, undefined, { onprogress })
    await expect.poll(() => held.length).toBe(1)
    for (const seconds of [10, 20, 30]) {
      const before = told.length
      await pass(10_000)
      expect(told.length, `${seconds} s`).toBeGreaterThan(before)
    }
    answer('done')
    await called
    const count = told.length
    await pass(30_000)
    expect(told).toHaveLength(count)
    expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b))
  })

  it('C59: tells nobody who did not ask', async () => {
    const { url, held, answer } = await slowSeller()
    const { clock, pass } = heldClock()
    const { client, call } = await connect({ clock })
    const heard: unknown[] = []
    client.fallbackNotificationHandler = async (notification) => void heard.push(notification)
    client.setNotificationHandler(ProgressNotificationSchema, (notification) => void heard.push(notification))
    const called = call('pay_url', { url })
    await expect.poll(() => held.length).toBe(1)
    await pass(30_000)
    answer('done')
    await called
    expect(heard).toEqual([])
  })
})

it('says what was bought when its result can be written down no more', async () => {
  const { clock } = heldClock()
  const journal = new MemoryJournal(clock)
  const broken: CallJournal = {
    begin: (record) => journal.begin(record),
    deliver: (record) => journal.deliver(record),
    drop: (record) => journal.drop(record),
    find: (name) => journal.find(name),
    update: async (record) => {
      if (record.outcome) throw new Error('the disk is full')
      await journal.update(record)
    }
  }
  const { call, folder } = await connect({ journal: broken })
  const { isError, output } = await call('generate_image', { prompt: 'A mug' })
  expect([isError, output.files]).toEqual([false, [`${folder}/job-1.png`]])
})

it('C60: a cancellation of a call that was answered, or that nobody made, changes nothing', async () => {
  const { url, payments } = await startPaidServer()
  const { client, call } = await connect()
  await call('pay_url', { url: `${url}/report` })
  for (const requestId of [1, 77, 'nobody'])
    await client.notification({ method: 'notifications/cancelled', params: { requestId } })
  expect((await call('history')).isError).toBe(false)
  expect((await call('pay_url', { url: `${url}/report` })).isError).toBe(false)
  expect(payments()).toBe(2)
})
