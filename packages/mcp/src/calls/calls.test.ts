import { randomUUID } from 'node:crypto'
import { systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { expect, it } from 'vitest'
import { connect } from '../../test/client.js'
import { fakeKatana } from '../../test/fake-katana.js'
import { Calls } from './calls.js'
import { MemoryJournal } from './memory-journal.js'

const video = { prompt: 'A wave', model: 'ltx-2-3', durationSeconds: 5 }

it('C58: a video that an earlier server began is answered with its job at once, and then with itself', async () => {
  const journal = new MemoryJournal(systemClock)
  const first = await connect({ katana: fakeKatana({ status: 'processing' }), journal })
  const begun = await first.call('generate_video', video)
  expect(begun.output).toMatchObject({ job: 'job-1', status: 'processing' })
  const waiting = fakeKatana({ status: 'processing' })
  const second = await connect({ katana: waiting, journal })
  expect((await second.call('generate_video', video)).output).toMatchObject({ job: 'job-1' })
  const done = fakeKatana()
  const third = await connect({ katana: done, journal })
  const { output } = await third.call('check_job', { job: 'job-1' })
  expect(output).toMatchObject({ status: 'completed', files: [`${third.folder}/job-1.png`] })
  expect([...waiting.requests, ...done.requests]).toEqual([])
  await third.call('generate_video', video)
  expect(done.requests).toHaveLength(1)
})

it('C58: a call that an earlier server had begun, and that bought nothing, is not bought by who asks about it', async () => {
  const journal = new MemoryJournal(systemClock)
  const begun = {
    id: 'call-0',
    key: 'a'.repeat(64),
    agent: 'mcp',
    tool: 'generate_image',
    startedAtMs: systemClock.nowMs()
  }
  await journal.begin(begun)
  const katana = fakeKatana()
  const { call } = await connect({ katana, journal })
  expect((await call('check_job', { job: 'call-0' })).output).toMatchObject({
    status: 'interrupted',
    next: expect.stringContaining('generate_image with the same arguments')
  })
  expect(katana.requests).toEqual([])
})

it('an equal call of another process, to which the ledger says that it was paid, has what that one bought, and takes nothing away', async () => {
  const ledger = memoryLedger()
  const context = { ledger, limits: { payment: '1', total: '1' }, clock: systemClock, newId: randomUUID }
  const journal = new MemoryJournal(systemClock)
  const identity = { agent: 'mcp', tool: 'report', request: {} }
  const [one, other] = [new Calls(context, journal), new Calls(context, journal)]
  let pay = (): void => {}
  const paid = new Promise<void>((resolve) => {
    pay = resolve
  })
  const buying = await one.begin(identity, async ({ keep }) => {
    await paid
    const output = { body: 'bought' }
    await keep(output)
    return output
  })
  const late = await other.begin(identity, async () => {
    pay()
    await buying.ended
    throw new TypeError('paid before')
  })
  expect(await late.ended).toMatchObject({ output: { body: 'bought' } })
  expect((await one.begin(identity, () => expect.unreachable())).record().outcome).toMatchObject({
    output: { body: 'bought' }
  })
})

it('C58: an image that was made for nobody is given to an equal call, and then bought anew', async () => {
  const journal = new MemoryJournal(systemClock)
  const katana = fakeKatana()
  const { call, client } = await connect({ katana, journal })
  const stop = new AbortController()
  const cancelled = client.callTool({ name: 'generate_image', arguments: { prompt: 'A mug' } }, undefined, {
    signal: stop.signal
  })
  stop.abort('gone')
  await expect(cancelled).rejects.toThrow(/gone/)
  await expect.poll(() => journal.find('job-1')).toMatchObject({ outcome: { output: { job: 'job-1' } } })
  expect((await call('generate_image', { prompt: 'A mug' })).output).toMatchObject({ job: 'job-1' })
  expect(katana.requests).toHaveLength(1)
  await call('generate_image', { prompt: 'A mug' })
  expect(katana.requests).toHaveLength(2)
})
