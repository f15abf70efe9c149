import { bytesOf, type Clock } from '@bursar/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { apart, type Cared, type CaredLedger, DAY_MS, idsOf, KEEP_MS, usageOf } from './cared-ledger.js'
import { forgettingContract } from './forgetting.js'
import { buy, countingSigner, equal, HOUR_MS, handClock, signed, total, used } from './samples.js'

/** How every store forgets, and how it is restored. */
export function careContract(openLedger: (clock: Clock) => CaredLedger | Promise<CaredLedger>): void {
  async function open(): Promise<Cared> {
    const clock = handClock()
    const cared = await openLedger(clock)
    onTestFinished(() => cared.ledger.close())
    return { ...cared, clock, goOn: (ms) => clock.set(clock.nowMs() + ms) }
  }
  describe('what is forgotten', () => forgettingContract(open))
  describe('a ledger that was restored from a backup', () => restoringContract(open))
}

function restoringContract(open: () => Promise<Cared>): void {
  it('has all that there was, and pays nothing until it was compared with the chain', async () => {
    const { ledger, restoreElsewhere, goOn } = await open()
    for (const id of ['1', '2', '3']) {
      await buy(ledger, apart(id, { labels: { agent: 'a' } }), 'settled', 'answered')
      goOn(DAY_MS)
    }
    await buy(ledger, apart('named', { name: 'invoice-42' }), 'settled', 'answered')
    await ledger.noteJob({ job: 'j', purchase: 'named', origin: 'https://a.example', labels: { agent: 'a' } })
    await buy(ledger, apart('out'), 'sent')
    const { sign, calls } = countingSigner()
    const restored = await restoreElsewhere()
    expect((await restored.status()).restored?.reason).toMatch(
      /^it was restored from a backup of 2001-09-12T01:46:40.000Z; it must be compared with the chain/
    )
    expect(await idsOf(restored)).toEqual(await idsOf(ledger))
    expect(await restored.find({ id: '2' })).toEqual(await ledger.find({ id: '2' }))
    expect(await usageOf(restored)).toEqual(await usageOf(ledger))
    const jobs: unknown[] = []
    for await (const job of restored.jobs()) jobs.push(job)
    expect(jobs).toMatchObject([{ job: 'j', purchase: 'named', labels: { agent: 'a' } }])
    await expect(restored.reserve(apart('next'), { sign })).rejects.toMatchObject({
      code: 'ledger/unavailable',
      moneyState: 'none'
    })
    expect(calls()).toBe(0)
    await restored.markReconciled()
    expect((await restored.status()).restored).toBeUndefined()
    // Seven each of five are spent or out.
    const guards = (limit: bigint) => ({ guards: { budgets: [total(limit)] } })
    await expect(restored.reserve(apart('next', guards(41n)), { sign })).rejects.toMatchObject({
      code: 'offer/over-limit'
    })
    expect(calls()).toBe(0)
    await expect(restored.reserve(apart('again', { name: 'invoice-42' }))).rejects.toMatchObject({
      code: 'purchase/name-taken'
    })
    await restored.reserve(apart('next', guards(42n)), { sign })
    expect(calls()).toBe(1)
    expect(await used(restored)).toBe(42n)
  })

  it('counts what was paid since the backup, once that is known', async () => {
    const { ledger, restoreElsewhere, clock } = await open()
    await buy(ledger, apart('1'), 'settled', 'answered')
    const restored = await restoreElsewhere()
    await restored.recordDebit({
      network: 'eip155:8453',
      asset: '0xa',
      transaction: '0x1',
      reference: '0xe',
      payTo: '0xb',
      amountAtomic: 28n,
      atMs: clock.nowMs()
    })
    await restored.markReconciled()
    expect(await used(restored)).toBe(35n)
    expect(await used(ledger)).toBe(7n)
  })

  it('carries on what was out, with the very bytes that were signed', async () => {
    const { ledger, restoreElsewhere, goOn } = await open()
    await ledger.reserve(apart('out'), { sign: () => signed })
    await ledger.recordEvent('out', { type: 'failed' })
    const restored = await restoreElsewhere()
    goOn(HOUR_MS)
    await restored.markReconciled()
    const found = await restored.resume(equal({ fingerprint: 'out', windowMs: DAY_MS }))
    expect(found).toMatchObject({ kind: 'resumed', purchase: { id: 'out' } })
    const [purchase] = await restored.outstanding()
    expect(purchase && bytesOf(purchase)?.header).toEqual(signed.header)
  })

  it('is frozen, and has forgotten, where its original was and had', async () => {
    const { ledger, prune, restoreElsewhere, goOn } = await open()
    for (const id of ['1', '2']) await buy(ledger, apart(id), 'settled', 'answered')
    goOn(100 * DAY_MS)
    const { untilMs } = await prune(KEEP_MS)
    await ledger.freeze('a leak')
    const restored = await restoreElsewhere()
    const { frozen, forgottenUntilMs } = await restored.status()
    expect([frozen?.reason, forgottenUntilMs]).toEqual(['a leak', untilMs])
    expect((await ledger.status()).restored).toBeUndefined()
  })
}
