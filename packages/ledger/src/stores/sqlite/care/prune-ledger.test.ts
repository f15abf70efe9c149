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
  return { path, clock, ledger, buy }
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

describe('what is forgotten of a file', () => {
  it('is gone for every ledger on it, no limit sees a difference, and the file stays whole', async () => {
    const { path, clock, ledger, buy } = ledgerOverTime()
    for (let day = 0; day < 70; day++) {
      await buy(`d${day}`, { labels: day % 2 === 0 ? { agent: 'a' } : {} })
      clock.aheadMs += DAY_MS
    }
    clock.aheadMs += DAY_MS / 2
    const before = await usageOf(ledger)
    expect((await pruneLedger({ path, keepMs: KEEP_MS, clock })).purchases).toBe(9)
    const opened = openLedger(path, clockAhead(clock.aheadMs))
    for (const each of [ledger, opened]) expect(await usageOf(each)).toEqual(before)
    expect(checkLedger({ path }).problems).toEqual([])
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
