import { atomicUsdc, type Budget, type Ledger } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { startChild } from '../../../../test/child.js'
import { clockAhead, newPath, openLedger } from '../../../../test/ledger-files.js'
import { reservation, signed, total } from '../../../../test/purchases.js'
import { checkLedger, pruneLedger } from '../../../sqlite.js'

const DAY_MS = 86_400_000
const KEEP_MS = 62 * DAY_MS

/** A ledger whose clock is set ahead, day by day. */
function ledgerOverTime() {
  const path = newPath()
  const clock = clockAhead(-200 * DAY_MS)
  const ledger = openLedger(path, clock)
  const buy = async (id: string, changes: object = {}) => {
    await ledger.reserve({ ...reservation(id), ...changes }, { sign: () => signedIn(clock.nowMs()) })
    for (const type of ['settled', 'answered'] as const) await ledger.recordEvent(id, { type })
  }
  const ids = async (): Promise<readonly string[]> => {
    const found: string[] = []
    for await (const { id } of ledger.history()) found.unshift(id)
    return found
  }
  return { path, clock, ledger, buy, ids, prune: () => pruneLedger({ path, keepMs: KEEP_MS, clock }) }
}

function signedIn(nowMs: number) {
  return { ...signed, payment: { ...signed.payment, expiresAtSeconds: Math.floor(nowMs / 1000) + 300 } }
}

const windows: readonly Budget[] = [
  total(0n),
  ...[1, 7, 31].map((days) => ({ name: `${days} d`, limit: atomicUsdc(0n), windowMs: days * DAY_MS })),
  { name: 'host', limit: atomicUsdc(0n), host: 'a.example', windowMs: 31 * DAY_MS },
  { name: 'label', limit: atomicUsdc(0n), label: { name: 'agent', value: 'a' } }
]
const usageOf = async (ledger: Ledger) => (await ledger.usage(windows)).map(({ used }) => used)

describe('what is forgotten', () => {
  it('is what is long over, and no limit sees a difference, now or later', async () => {
    const { path, clock, ledger, buy, ids, prune } = ledgerOverTime()
    for (let day = 0; day < 150; day++) {
      await buy(`d${day}`, { labels: day % 2 === 0 ? { agent: 'a' } : {} })
      clock.aheadMs += DAY_MS
    }
    clock.aheadMs += DAY_MS / 2
    const before = await usageOf(ledger)
    expect(before[0]).toBe(150n * 7n)
    const { purchases, untilMs } = await prune()
    expect(purchases).toBe(89)
    expect((await ids())[0]).toBe('d89')
    expect(await usageOf(ledger)).toEqual(before)
    expect(await usageOf(openLedger(path, clockAhead(clock.aheadMs)))).toEqual(before)
    expect((await ledger.status()).forgottenUntilMs).toBe(untilMs)
    expect(checkLedger({ path }).problems).toEqual([])
    // The windows move on as they would have.
    clock.aheadMs += 20 * DAY_MS
    await buy('later')
    expect((await usageOf(ledger)).slice(0, 4)).toEqual([151n * 7n, 7n, 7n, 11n * 7n])
    expect((await prune()).purchases).toBe(20)
    expect((await usageOf(ledger)).slice(0, 4)).toEqual([151n * 7n, 7n, 7n, 11n * 7n])
  })

  it('is never what is open, can still settle, has a name, or shows the payee of a host', async () => {
    const { clock, ledger, buy, ids, prune } = ledgerOverTime()
    await ledger.reserve(reservation('reserved'))
    await ledger.reserve(reservation('signed'), { sign: () => signed })
    await ledger.reserve(reservation('sent'), { sign: () => signed })
    await ledger.recordEvent('sent', { type: 'sent' })
    await ledger.reserve(reservation('unanswered'), { sign: () => signed })
    await ledger.recordEvent('unanswered', { type: 'settled' })
    await buy('named', { name: 'invoice-42' })
    await buy('old')
    await buy('pinned', { origin: 'https://b.example' })
    await ledger.reserve(reservation('released'))
    for (const type of ['released', 'answered'] as const) await ledger.recordEvent('released', { type })
    await buy('newest')
    clock.aheadMs += 100 * DAY_MS
    expect((await prune()).purchases).toBe(2)
    expect(await ids()).toEqual(['reserved', 'signed', 'sent', 'unanswered', 'named', 'pinned', 'newest'])
    await expect(ledger.reserve({ ...reservation('again'), name: 'invoice-42' })).rejects.toMatchObject({
      code: 'purchase/name-taken'
    })
    const moved = { ...reservation('moved').offer, payTo: '0xother' }
    const terms = { ...reservation('moved'), origin: 'https://b.example', offer: moved }
    expect(await ledger.evaluate({ ...terms, guards: { budgets: [], pinsPayee: true } })).toMatchObject({
      kind: 'payee-moved'
    })
  })

  it('may not be what a window of a limit could reach', async () => {
    const { path } = ledgerOverTime()
    for (const keepMs of [0, 61 * DAY_MS, Number.NaN, -1])
      await expect(pruneLedger({ path, keepMs })).rejects.toThrow(TypeError)
  })

  it('goes while others pay, who are held up by none of it and lose nothing', async () => {
    const { path, clock, ledger, buy } = ledgerOverTime()
    for (let count = 0; count < 1_200; count++) await buy(`old-${count}`)
    clock.aheadMs = 0
    const program = `
      import { sqliteLedger } from '@bursar/ledger/sqlite'
      const ledger = sqliteLedger({ path: place })
      for (let at = 0; at < 200; at++) {
        const id = name + '-' + at
        await ledger.reserve(reservation(id, { budgets: [] }), { sign: () => signed })
        for (const type of ['settled', 'answered']) await ledger.recordEvent(id, { type })
      }
      await ledger.close()`
    const payers = ['a', 'b'].map((name) => startChild(program, path, name))
    const { purchases } = await pruneLedger({ path, keepMs: KEEP_MS })
    for (const { gone } of payers) expect(await gone).toEqual([0, null])
    expect(purchases).toBeGreaterThanOrEqual(1_199)
    expect((await usageOf(ledger))[0]).toBe(1_600n * 7n)
    expect(checkLedger({ path }).problems).toEqual([])
  })
})
