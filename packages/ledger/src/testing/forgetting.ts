import { expect, it } from 'vitest'
import { apart, type Cared, DAY_MS, idsOf, KEEP_MS, usageOf } from './cared-ledger.js'
import { at, buy, equal, ledFrom, paidTo } from './samples.js'

/** What every store forgets, and what it never does. */
export function forgettingContract(open: () => Promise<Cared>): void {
  it('is what is long over, and no limit sees a difference, now or later', async () => {
    const { ledger, prune, goOn } = await open()
    for (let day = 0; day < 100; day++) {
      await buy(
        ledger,
        apart(`d${day}`, { labels: day % 2 === 0 ? { agent: 'a' } : {} }),
        'settled',
        'answered'
      )
      await ledger.noteJob({ job: `j${day}`, origin: 'https://a.example', labels: {} })
      goOn(DAY_MS)
    }
    goOn(DAY_MS / 2)
    const before = await usageOf(ledger)
    expect(before.map(String)).toEqual(['700', '0', '42', '210', '210', '350'])
    const { purchases, jobs, untilMs } = await prune(KEEP_MS)
    expect([purchases, jobs]).toEqual([39, 39])
    expect((await idsOf(ledger))[0]).toBe('d39')
    expect(await usageOf(ledger)).toEqual(before)
    expect((await ledger.status()).forgottenUntilMs).toBe(untilMs)
    // The windows move on as they would have.
    goOn(20 * DAY_MS)
    await buy(ledger, apart('later'), 'settled', 'answered')
    expect((await usageOf(ledger)).map(String)).toEqual(['707', '7', '7', '77', '77', '350'])
    expect((await prune(KEEP_MS)).purchases).toBe(20)
    expect((await usageOf(ledger)).map(String)).toEqual(['707', '7', '7', '77', '77', '350'])
    expect((await idsOf(ledger)).length).toBe(42)
  })

  it('is never what is open, can still settle, has a name, or shows the payee of a host', async () => {
    const { ledger, prune, goOn } = await open()
    await ledger.reserve(apart('reserved'))
    await buy(ledger, apart('signed'))
    await buy(ledger, apart('sent'), 'sent')
    await buy(ledger, apart('unanswered'), 'settled')
    await buy(ledger, apart('named', { name: 'invoice-42' }), 'settled', 'answered')
    await buy(ledger, apart('old'), 'settled', 'answered')
    await buy(ledger, at('https://b.example/', apart('pinned')), 'settled', 'answered')
    await ledger.reserve(apart('released'))
    for (const type of ['released', 'answered'] as const) await ledger.recordEvent('released', { type })
    await buy(ledger, apart('newest'), 'settled', 'answered')
    goOn(100 * DAY_MS)
    const before = await usageOf(ledger)
    expect((await prune(KEEP_MS)).purchases).toBe(2)
    const left = ['reserved', 'signed', 'sent', 'unanswered', 'named', 'pinned', 'newest']
    expect(await idsOf(ledger)).toEqual(left)
    expect(await usageOf(ledger)).toEqual(before)
    await expect(ledger.reserve(apart('again', { name: 'invoice-42' }))).rejects.toMatchObject({
      code: 'purchase/name-taken'
    })
    const moved = at('https://b.example/', paidTo('0xother', apart('moved')))
    const guards = { budgets: [], pinsPayee: true }
    expect(await ledger.evaluate({ ...moved, guards })).toMatchObject({ kind: 'payee-moved' })
  })

  it('is never what shows the payee of a host that led elsewhere', async () => {
    const { ledger, prune, restoreElsewhere, goOn } = await open()
    const led = (id: string, payTo = '0xb') =>
      ledFrom('https://asked.example/', at(`https://${id}.example/`, paidTo(payTo, apart(id))))
    for (const id of ['x1', 'x2']) await buy(ledger, led(id), 'settled', 'answered')
    for (const id of ['y1', 'y2'])
      await buy(ledger, at('https://x1.example/', apart(id)), 'settled', 'answered')
    await buy(ledger, at('https://x2.example/', apart('y3')), 'settled', 'answered')
    goOn(100 * DAY_MS)
    expect((await prune(KEEP_MS)).purchases).toBe(2)
    expect(await idsOf(ledger)).toEqual(['x2', 'y2', 'y3'])
    const guards = { budgets: [], pinsPayee: true }
    const moved = { ...led('x9', '0xother'), guards }
    const pinned = { kind: 'payee-moved', host: 'asked.example' }
    expect(await ledger.evaluate(moved)).toMatchObject(pinned)
    const restored = await restoreElsewhere()
    await restored.markReconciled()
    expect(await restored.evaluate(moved)).toMatchObject(pinned)
  })

  it('leaves no number to be given twice: a call that looked before finds what was bought since', async () => {
    const { ledger, prune, goOn } = await open()
    await buy(ledger, apart('first'), 'settled', 'answered')
    await ledger.reserve(apart('last'))
    for (const type of ['released', 'answered'] as const) await ledger.recordEvent('last', { type })
    goOn(100 * DAY_MS)
    const later = equal({ fingerprint: 'later', inFlight: 'join' })
    const { look } = await ledger.look(later)
    await prune(KEEP_MS)
    await buy(ledger, apart('later'), 'settled', 'answered')
    const found = await ledger.resume({ ...later, look })
    expect(found).toMatchObject({ kind: 'answered', purchase: { id: 'later' } })
  })

  it('may not be what a window of a limit could reach', async () => {
    const { prune } = await open()
    for (const keepMs of [0, 61 * DAY_MS, Number.NaN, -1])
      await expect(prune(keepMs)).rejects.toThrow(TypeError)
  })
}
