import { existsSync } from 'node:fs'
import { ACCOUNT, type AccountOffer, atomicUsdc, BursarError } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { connect } from '../../test/client.js'
import { fakeKatana } from '../../test/fake-katana.js'
import { heldClock } from '../../test/held-clock.js'
import { MemoryJournal } from '../calls/memory-journal.js'

describe('generate_image', () => {
  it('generates an image with the labels of its call, and saves it', async () => {
    const katana = fakeKatana()
    const { call, folder } = await connect({ katana })
    const { output } = await call('generate_image', { prompt: 'A mug' })
    expect(output).toMatchObject({
      job: 'job-1',
      status: 'completed',
      files: [`${folder}/job-1.png`],
      spent: '0 USDC'
    })
    expect(existsSync(`${folder}/job-1.png`)).toBe(true)
    expect(katana.requests).toEqual([
      {
        kind: 'image',
        request: { model: 'gen', prompt: 'A mug', aspectRatio: '1:1' },
        options: {
          billing: 'direct',
          signal: expect.any(AbortSignal),
          fetchOptions: {
            bursar: {
              labels: { agent: 'mcp', call: 'call-1', service: 'katana', model: 'gen' },
              tenant: 'mcp',
              inFlight: 'join',
              answerKept: expect.any(Promise)
            }
          }
        }
      }
    ])
  })

  it('C59: returns the job when the image takes longer than a client waits', async () => {
    const { clock, pass } = heldClock()
    const journal = new MemoryJournal(clock)
    const { call } = await connect({ katana: fakeKatana({ status: 'processing' }), clock, journal })
    const answer = call('generate_image', { prompt: 'A mug' })
    await expect.poll(() => journal.find('job-1')).toBeDefined()
    await pass(45_000)
    expect((await answer).output).toMatchObject({
      job: 'job-1',
      status: 'processing',
      next: 'check_job, in a while'
    })
  })

  it('says that nothing was paid when the request was rejected', async () => {
    const rejects = new BursarError('request/invalid', {
      message: 'There is no such model.',
      context: { violations: [] },
      moneyState: 'none'
    })
    const { call } = await connect({ katana: fakeKatana({ rejects }) })
    expect(await call('generate_image', { prompt: 'A mug', model: 'x' })).toMatchObject({
      isError: true,
      text: 'There is no such model.\n(request/invalid; nothing was paid)'
    })
  })

  it('says where a job is that failed after it was paid for', async () => {
    const { call, ledger } = await connect({ katana: fakeKatana({ status: 'failed' }) })
    const origin = 'https://kat.imgnai.com'
    const labels = { call: 'call-1' }
    await ledger.reserve({
      kind: 'account',
      id: 'p1',
      fingerprint: 'f',
      method: 'POST',
      origin,
      path: '/',
      offer: offerOf(20_000n),
      guards: { budgets: [] },
      labels
    })
    await ledger.noteJob({ job: 'job-1', purchase: 'p1', origin, labels })
    expect(await call('generate_image', { prompt: 'A mug' })).toMatchObject({
      isError: true,
      text: expect.stringMatching(
        /0\.02 USDC are paid; check_job job-1 has what was bought\. Do not buy it again/
      )
    })
  })
})

describe('generate_video', () => {
  it('begins a video and returns its job', async () => {
    const katana = fakeKatana({ status: 'processing' })
    const { call } = await connect({ katana })
    const { output } = await call('generate_video', {
      prompt: 'A wave',
      model: 'ltx-2-3',
      durationSeconds: 5
    })
    expect(output).toMatchObject({ job: 'job-1', status: 'processing', next: 'check_job, in a minute or so' })
    expect(katana.requests[0]?.request).toEqual({
      model: 'ltx-2-3',
      prompt: 'A wave',
      durationSeconds: 5,
      aspectRatio: '16:9'
    })
  })
})

describe('generate_text', () => {
  it('M17: joins an equal call that is in flight, whatever pays for it, so that one is charged', async () => {
    const katana = fakeKatana()
    const { create } = katana.chat.completions
    const held: (() => void)[] = []
    const slow: typeof create = async (body, options) => {
      await new Promise<void>((resolve) => held.push(resolve))
      return create(body, options)
    }
    const { call } = await connect({ katana: { ...katana, chat: { completions: { create: slow } } } })
    const calls = ['2+2?', '2+2?', '3+3?'].map((prompt) => call('generate_text', { prompt }))
    await expect.poll(() => held.length).toBe(2)
    // Of any that came later than the first two, there is time to see it.
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
    for (const go of held) go()
    for (const { output } of await Promise.all(calls)) expect(output).toMatchObject({ text: 'four' })
    expect(katana.requests).toHaveLength(2)
    const later = call('generate_text', { prompt: '2+2?' })
    await expect.poll(() => held.length).toBe(3)
    held[2]?.()
    await later
    expect(katana.requests).toHaveLength(3)
  })

  it('asks a model, with instructions and without', async () => {
    const katana = fakeKatana()
    const { call } = await connect({ katana })
    expect((await call('generate_text', { prompt: '2 + 2?' })).output).toMatchObject({
      text: 'four',
      finish: 'stop'
    })
    await call('generate_text', { prompt: '2 + 2?', system: 'Be brief.', maxTokens: 5, model: 'm' })
    expect(katana.requests.map(({ request }) => request)).toEqual([
      { model: 'qwen3-6-flash', messages: [{ role: 'user', content: '2 + 2?' }], max_tokens: 1024 },
      {
        model: 'm',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: '2 + 2?' }
        ],
        max_tokens: 5
      }
    ])
  })

  it('P16, P68: pays from a prepaid balance that suffices, and says what it was charged and what is left', async () => {
    const usage = { imgnai: { paid_usdc: '0.00052', wallet_balance_after_usdc: '0.09948' } }
    const katana = fakeKatana({ balance: 100_000n, usage })
    const { call } = await connect({ katana })
    const { output } = await call('generate_text', { prompt: 'Two and two?' })
    expect(output).toMatchObject({
      text: 'four',
      prepaid: { charged: '0.00052 USDC', left: '0.09948 USDC' },
      spent: '0 USDC'
    })
    expect(katana.requests).toMatchObject([{ kind: 'text', options: { billing: 'auto' } }])
    expect((await call('balance')).output).toMatchObject({
      prepaid: [{ service: 'katana', usdc: '0.1 USDC' }]
    })
  })

  it.each(['direct', 'wallet', 'auto'] as const)(
    'P16: pays as it was set up to, by %s',
    async (textBilling) => {
      const katana = fakeKatana()
      const { call } = await connect({ katana, textBilling })
      const { output } = await call('generate_text', { prompt: 'Two and two?' })
      expect(output).not.toHaveProperty('prepaid')
      expect(katana.requests).toMatchObject([{ options: { billing: textBilling } }])
    }
  )

  it('says that nothing is known of the charge where the service does not say it', async () => {
    const usage = { imgnai: { billing_source: 'x402_wallet_balance' } }
    const { call } = await connect({ katana: fakeKatana({ usage }) })
    expect((await call('generate_text', { prompt: 'x' })).output).toMatchObject({
      prepaid: { charged: 'unknown' }
    })
  })
})

describe('check_job', () => {
  it('saves what was made, and says when nothing will be', async () => {
    const done = await connect()
    expect((await done.call('check_job', { job: 'job-7' })).output).toMatchObject({
      job: 'job-7',
      files: [`${done.folder}/job-7.png`]
    })
    const failed = await connect({ katana: fakeKatana({ status: 'failed' }) })
    expect(await failed.call('check_job', { job: 'job-7' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('job/failed')
    })
  })
})

it('requests that are wrongly written are rejected before the service sees them', async () => {
  const katana = fakeKatana()
  const { call } = await connect({ katana })
  const wrong: [tool: string, args: Readonly<Record<string, unknown>>][] = [
    ['generate_image', {}],
    ['generate_image', { prompt: '' }],
    ['generate_image', { prompt: 'x', aspectRatio: 1 }],
    ['generate_video', { prompt: 'x', model: 'm' }],
    ['generate_video', { prompt: 'x', model: 'm', durationSeconds: 0 }],
    ['generate_video', { prompt: 'x', model: 'm', durationSeconds: 1.5 }],
    ['generate_text', { prompt: 'x', maxTokens: 0 }],
    ['generate_text', { prompt: 'x', maxTokens: '9' }],
    ['generate_text', {}],
    ['check_job', { job: '' }]
  ]
  for (const [tool, args] of wrong) expect((await call(tool, args)).isError, JSON.stringify(args)).toBe(true)
  expect(katana.requests).toEqual([])
})

function offerOf(amountAtomic: bigint): AccountOffer {
  const cost = atomicUsdc(amountAtomic)
  return { dialect: 'account', network: ACCOUNT, asset: 'USD', payTo: '', amountAtomic, cost }
}
