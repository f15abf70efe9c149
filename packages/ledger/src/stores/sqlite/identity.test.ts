import { execFileSync } from 'node:child_process'
import { linkSync, readdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Ledger } from '@bursar/core'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { startChild } from '../../../test/child.js'
import { clockAhead, newPath, openLedger } from '../../../test/ledger-files.js'
import { reservation, signed, total, used } from '../../../test/purchases.js'
import { sqliteLedger } from '../../sqlite.js'

/** Another process opens the path, and says what becomes of a payment. */
async function payElsewhere(path: string): Promise<string | undefined> {
  const program = `
    import { sqliteLedger } from '@bursar/ledger/sqlite'
    try {
      const ledger = sqliteLedger({ path: place })
      await ledger.reserve(reservation('elsewhere', { budgets: [{ name: 'total', limit: 35n }] }), { sign: () => signed })
      say('paid')
    } catch (error) { say(error.code + ': ' + error.context.reason) }
    process.exit(0)`
  const child = startChild(program, path)
  await child.gone
  return child.said()[0]
}

async function payFive(ledger: Ledger): Promise<void> {
  for (const id of ['1', '2', '3', '4', '5']) {
    await ledger.reserve(reservation(id, [total(35n)]), { sign: () => signed })
    await ledger.recordEvent(id, { type: 'settled' })
    await ledger.recordEvent(id, { type: 'answered' })
  }
}

/** How many purchases a copy of the file alone, without its log, holds. */
function heldByFile(path: string, where: 'state' | 'call', value: string): unknown {
  const alone = `${path}.alone`
  copy(path, alone)
  const file = new Database(alone)
  try {
    return file.prepare(`SELECT id FROM purchases WHERE ${where} = ?`).all(value).length
  } catch (error) {
    // The log is being copied into it.
    return error
  } finally {
    file.close()
  }
}

const files = (path: string): string[] => [path, `${path}-wal`, `${path}-shm`]
const isGone = { code: 'ledger/unavailable', moneyState: 'none', context: { reason: /removed or replaced/ } }
const copy = (from: string, to: string): void => void execFileSync('cp', [from, to])

describe('a file that is removed while it is open', () => {
  it('M28: is used by nobody any more, and no empty one takes its place', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await payFive(ledger)
    for (const file of files(path)) rmSync(file)
    const refused = { ...isGone, context: { reason: expect.stringMatching(isGone.context.reason) } }
    await expect(ledger.reserve(reservation('6'))).rejects.toMatchObject(refused)
    await expect(ledger.outstanding()).rejects.toMatchObject(refused)
    expect(await payElsewhere(path)).toMatch(
      /^ledger\/unavailable: its file is gone, and .*ledger\.db-mark says/
    )
    expect(() => sqliteLedger({ path })).toThrow(/its file is gone/)
  })

  it('M28: is used again when it is put back', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await payFive(ledger)
    renameSync(path, `${path}.moved`)
    await expect(ledger.outstanding()).rejects.toThrow(/removed or replaced/)
    renameSync(`${path}.moved`, path)
    expect(await used(ledger)).toBe(35n)
  })

  it('M28: leaves no word behind when its folder goes with it', async () => {
    const path = join(newPath(), 'bursar', 'ledger.db')
    const ledger = sqliteLedger({ path })
    await payFive(ledger)
    await ledger.close()
    rmSync(dirname(path), { recursive: true })
    expect(await used(openLedger(path))).toBe(0n)
  })
})

describe('a mark that cannot be read', () => {
  it.each(['', '{"ledger":', 'null', '[]', '{"ledger":7,"purchases":5}', '{"ledger":"x","purchases":"5"}'])(
    'is of no ledger, and pays for nobody: %j',
    async (mark) => {
      const path = newPath()
      const ledger = sqliteLedger({ path })
      await payFive(ledger)
      await ledger.close()
      writeFileSync(`${path}-mark`, mark)
      expect(await payElsewhere(path)).toMatch(/another file was put in its place/)
    }
  )
})

describe('a file that other processes would not share', () => {
  it('M28: pays for nobody once the index of its log is removed, by which its users lock each other out', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await ledger.reserve(reservation('1', [total(35n)]), { sign: () => signed })
    rmSync(`${path}-shm`)
    expect(await payElsewhere(path)).toBe('paid')
    await expect(ledger.reserve(reservation('2', [total(35n)]))).rejects.toMatchObject(isGone)
  })

  it('M28: pays for nobody while it has a second name, beside which another log would be', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await ledger.reserve(reservation('1', [total(35n)]), { sign: () => signed })
    linkSync(path, `${path}-2`)
    expect(await payElsewhere(`${path}-2`)).toMatch(/second name/)
    await expect(ledger.reserve(reservation('2'))).rejects.toThrow(/second name/)
    rmSync(`${path}-2`)
    await ledger.reserve(reservation('2'))
  })
})

describe('an older copy', () => {
  it('M29: that is moved over a file which is open is seen by who has it open, and pays for nobody', async () => {
    const path = newPath()
    const ledger = openLedger(path)
    await ledger.reserve(reservation('0'), { sign: () => signed })
    await expect.poll(() => heldByFile(path, 'state', 'signed')).toBe(1)
    copy(path, `${path}.copy`)
    await payFive(ledger).catch(() => {})
    renameSync(`${path}.copy`, path)
    for (const file of files(path).slice(1)) rmSync(file)
    await expect(ledger.reserve(reservation('6'))).rejects.toThrow(/removed or replaced/)
    expect(await payElsewhere(path)).toMatch(/an older copy of its file was put in its place/)
    expect(await payElsewhere(path)).toMatch(/an older copy of its file was put in its place/)
  })

  it('M31: says so until it was compared with the chain, and then counts what that found', async () => {
    const path = newPath()
    const first = sqliteLedger({ path })
    await first.reserve(reservation('0'), { sign: () => signed })
    await first.close()
    copy(path, `${path}.copy`)
    const second = sqliteLedger({ path })
    await payFive(second).catch(() => {})
    await second.close()
    copy(`${path}.copy`, path)
    const ledger = openLedger(path)
    expect((await ledger.status()).restored).toMatchObject({ reason: /older copy/ })
    expect(await ledger.evaluate(reservation('6'))).toMatchObject({ kind: 'restored' })
    await ledger.recordDebit({
      network: 'eip155:8453',
      asset: '0xa',
      transaction: '0x1',
      reference: '0xe',
      payTo: '0xb',
      amountAtomic: 28n,
      atMs: Date.now()
    })
    await ledger.markReconciled()
    expect((await ledger.status()).restored).toBeUndefined()
    await expect(ledger.reserve(reservation('6', [total(35n)]))).rejects.toMatchObject({
      code: 'offer/over-limit'
    })
    expect((await openLedger(path, clockAhead()).status()).restored).toBeUndefined()
  })

  it('M30: of the file alone has everything, a moment after the last payment', async () => {
    const path = newPath()
    const program = `
      import { sqliteLedger } from '@bursar/ledger/sqlite'
      const ledger = sqliteLedger({ path: place })
      for (const id of ['1', '2', '3', '4', '5']) {
        await ledger.reserve(reservation(id), { sign: () => signed })
        for (const type of ['settled', 'answered']) await ledger.recordEvent(id, { type })
      }
      say('paid')
      stay()`
    const child = startChild(program, path)
    await child.says(1)
    await expect.poll(() => heldByFile(path, 'call', 'answered')).toBe(5)
    copy(path, `${path}.copy`)
    await child.kill()
    for (const file of files(path).slice(1)) rmSync(file)
    renameSync(`${path}.copy`, path)
    const ledger = openLedger(path)
    expect(await used(ledger)).toBe(35n)
    expect((await ledger.status()).restored).toBeUndefined()
    await expect(ledger.reserve(reservation('6', [total(35n)]))).rejects.toMatchObject({
      code: 'offer/over-limit'
    })
  })
})

/** Collects what nobody holds any more. */
const collect: () => void = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
})()

describe('many ledgers of one process on one file', () => {
  const descriptors = (path: string): string[] =>
    readdirSync('/proc/self/fd').flatMap((name) => {
      try {
        const target = readlinkSync(`/proc/self/fd/${name}`)
        return target.startsWith(dirname(path)) ? [target] : []
      } catch {
        return []
      }
    })

  it('M32: share a connection, a queue and a session, which are closed with the last', async () => {
    const path = newPath()
    symlinkSync('ledger.db', join(dirname(path), 'link.db'))
    const first = sqliteLedger({ path })
    await first.reserve(reservation('p'), { sign: () => signed })
    const others = Array.from({ length: 300 }, (_, index) =>
      sqliteLedger({ path: index % 2 ? path : join(dirname(path), 'link.db') })
    )
    for (const [index, ledger] of others.entries())
      await ledger.recordEvent(index ? `x${index}` : 'p', { type: 'sent' }).catch(() => {})
    await expect.poll(() => descriptors(path).length).toBeLessThanOrEqual(10)
    await first.close()
    await expect(first.find({ id: 'p' })).rejects.toMatchObject({ context: { reason: 'it was closed' } })
    expect(await others[0]?.find({ id: 'p' })).toMatchObject({ state: 'sent', call: 'open' })
    await Promise.all(others.map((ledger) => ledger.close()))
    // libsql lets a connection go when the statements on it are collected.
    const left = (): string[] => {
      collect()
      return descriptors(path)
    }
    await expect.poll(left).toEqual([])
  })
})
