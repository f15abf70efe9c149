import { atomicUsdc, type Purchase } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { describe, expect, it } from 'vitest'
import { createAccountMeter } from './account-meter.js'
import type { ConfirmOptions } from './policy/policy-options.js'

const call = (maxCost: bigint) => ({
  method: 'POST',
  url: new URL('https://api.example/v1/chat/completions?key=1'),
  maxCost: atomicUsdc(maxCost),
  labels: { model: 'm' }
})

async function listOf(ledger: ReturnType<typeof memoryLedger>): Promise<Purchase[]> {
  const purchases: Purchase[] = []
  for await (const purchase of ledger.history()) purchases.push(purchase)
  return purchases
}

describe('an account meter', () => {
  it('enters what a call cost, and gives the rest of what it could have cost back', async () => {
    const ledger = memoryLedger()
    const meter = createAccountMeter({ ledger, limits: { payment: '0.05', day: '0.10' } })
    const open = await meter.open(call(50_000n))
    expect(await ledger.outstanding()).toMatchObject([{ id: open.purchase, state: 'sent' }])
    await open.settle({ cost: atomicUsdc(1_234n) })
    expect(await listOf(ledger)).toMatchObject([
      {
        state: 'settled',
        call: 'answered',
        path: '/v1/chat/completions',
        labels: { model: 'm' },
        offer: { dialect: 'account', network: 'account:usd', payTo: 'api.example', cost: 1_234n }
      }
    ])
  })

  it('counts a free call as nothing, and one of which nothing is known in full', async () => {
    const ledger = memoryLedger()
    const meter = createAccountMeter({ ledger, limits: { payment: '0.05', day: '0.10' } })
    await (await meter.open(call(50_000n))).release()
    await (await meter.open(call(50_000n))).settle()
    await meter.open(call(50_000n))
    await expect(meter.open(call(1n))).rejects.toMatchObject({
      code: 'offer/over-limit',
      moneyState: 'none',
      context: { limit: 'day', used: '0.1' }
    })
  })

  it('enters what a job did cost at its own service, where another has a job of the same name', async () => {
    const ledger = memoryLedger()
    const meter = createAccountMeter({ ledger, limits: { payment: '0.05', day: '0.20' } })
    const elsewhere = ['https://other.example/v1/jobs', 'http://api.example/v1/jobs'].map(
      (url) => new URL(url)
    )
    for (const url of [call(0n).url, ...elsewhere]) {
      const open = await meter.open({ ...call(50_000n), url })
      await open.attachJob('17')
      await open.settle()
    }
    await meter.correct({ job: '17', origin: 'https://api.example' }, atomicUsdc(7n))
    await meter.correct({ job: '17', origin: 'https://third.example' }, atomicUsdc(0n))
    const costs = (await listOf(ledger)).map(({ origin, offer }) => [origin, offer.cost])
    expect(costs).toEqual([
      ['http://api.example', 50_000n],
      ['https://other.example', 50_000n],
      ['https://api.example', 7n]
    ])
  })

  it('takes no labels that no ledger could keep', async () => {
    const meter = createAccountMeter({ ledger: memoryLedger(), limits: { payment: '0.05' } })
    for (const labels of [{ agent: 7 }, { agent: 'a\0b' }, 'agent'])
      await expect(meter.open({ ...call(1n), labels: labels as never })).rejects.toThrow(TypeError)
  })

  it('takes no answer away when the ledger fails after it, and holds the call in full', async () => {
    const ledger = memoryLedger()
    const failing = { ...ledger, recordEvent: () => Promise.reject(new Error('disk full')) }
    const meter = createAccountMeter({ ledger: failing, limits: { payment: '0.05' } })
    const opened = await meter.open(call(50_000n))
    await Promise.all([opened.settle({ cost: atomicUsdc(1n) }), opened.attachJob('job'), opened.release()])
    expect(await ledger.outstanding()).toMatchObject([{ state: 'sent', offer: { cost: 50_000n } }])
  })

  it('holds the limit of one payment, the hosts and the user to their word', async () => {
    const ledger = memoryLedger()
    const limits = { payment: '0.05' }
    const refusing = (more: object) => createAccountMeter({ ledger, limits, ...more }).open(call(50_000n))
    await expect(createAccountMeter({ ledger, limits }).open(call(50_001n))).rejects.toMatchObject({
      code: 'offer/over-limit',
      context: { limit: 'payment' }
    })
    await expect(refusing({ allow: { hosts: ['other.example'] } })).rejects.toMatchObject({
      code: 'request/host-refused'
    })
    // Nobody is asked about what is not allowed in any case.
    const asked: unknown[] = []
    const note = (proposal: unknown) => asked.push(proposal) > 0
    await expect(refusing({ limits: { payment: '0.04' }, confirm: note })).rejects.toMatchObject({
      code: 'offer/over-limit'
    })
    expect(asked).toEqual([])
    await expect(refusing({ confirm: () => false })).rejects.toMatchObject({ code: 'offer/declined' })
    // M61: what a callback fails with is no word on the money.
    const confirm = () => Promise.reject(new TypeError('The phone is off'))
    await expect(refusing({ confirm })).rejects.toMatchObject({
      code: 'offer/declined',
      moneyState: 'none',
      message: expect.stringContaining('confirm failed, and was asked that')
    })
    expect(await listOf(ledger)).toEqual([])
  })

  it('takes the question back whose caller has gone, and enters nothing, whatever the answer', async () => {
    const ledger = memoryLedger()
    const caller = new AbortController()
    const signals: unknown[] = []
    // The answer comes when the caller has gone.
    const confirm = async (_: unknown, { signal }: ConfirmOptions) => {
      signals.push(signal)
      caller.abort(new Error('The caller has gone'))
      return true
    }
    const meter = createAccountMeter({ ledger, limits: { payment: '0.05' }, confirm })
    await expect(meter.open(call(50_000n), { signal: caller.signal })).rejects.toThrow('The caller has gone')
    expect(signals).toEqual([caller.signal])
    expect(await listOf(ledger)).toEqual([])
  })
})
