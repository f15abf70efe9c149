import { describe, expect, it } from 'vitest'
import { startChild } from '../../../test/child.js'
import { clockAhead, newPath, openLedger } from '../../../test/ledger-files.js'
import { reservation, used } from '../../../test/purchases.js'

const start = (program: string, path: string, name?: string) =>
  startChild(
    `import { sqliteLedger } from '@bursar/ledger/sqlite'
     const ledger = sqliteLedger({ path: place })
     ${program}`,
    path,
    name
  )

describe('eight processes on one file', () => {
  it('together fill a budget exactly, never over it, and nothing is stuck', async () => {
    const path = newPath()
    const program = `
      for (let round = 0; round < 40; round++) {
        const ids = Array.from({ length: 4 }, (_, index) => name + '-' + round + '-' + index)
        await Promise.all(ids.map(async (id) => {
          try { await ledger.reserve(reservation(id)) } catch (error) {
            if (error.code !== 'offer/over-limit') throw error
            return
          }
          if (Math.random() < 0.5) return ledger.recordEvent(id, { type: 'released' })
          await ledger.recordEvent(id, signed)
          await ledger.recordEvent(id, { type: 'settled' })
          await ledger.recordEvent(id, { type: 'answered' })
        }))
      }
      await ledger.close()`
    const children = Array.from({ length: 8 }, (_, index) => start(program, path, `p${index}`))
    for (const { gone } of children) expect(await gone).toEqual([0, null])
    const ledger = openLedger(path)
    const states: string[] = []
    for await (const { state } of ledger.history()) states.push(state)
    // 1000 = 142 x 7 + 6: one more would pass it, and one less would leave room that somebody was denied.
    expect(states.filter((state) => state === 'settled')).toHaveLength(142)
    expect(states.filter((state) => state !== 'settled' && state !== 'released')).toEqual([])
  })
})

describe('a file that another process is making', () => {
  it('is opened when it is free, though that takes longer than on a machine with nothing to do', async () => {
    const path = newPath()
    const program = `
      const { default: Database } = await import('libsql')
      const file = new Database(place)
      file.exec('BEGIN EXCLUSIVE')
      say('making')
      await goAhead()
      setTimeout(() => { file.exec('ROLLBACK'); file.close(); process.exit() }, 300)`
    const maker = startChild(program, path)
    await maker.says(1)
    maker.go()
    // Opening a file holds this thread, not the other process.
    await openLedger(path).reserve(reservation('1'))
    expect(await maker.gone).toEqual([0, null])
  })
})

describe('a process that is killed', () => {
  it.each([
    ['after it was reserved', 'await ledger.reserve(asked); await ledger.recordEvent(asked.id, signed)'],
    ['as it was reserved', 'await ledger.reserve(asked, { sign: () => signed })']
  ])('loses no payment, signed %s, whose write was confirmed', async (_, pay) => {
    const path = newPath()
    const program = `
      for (let at = 0; ; at++) {
        const asked = reservation(name + '-' + at, { budgets: [] })
        ${pay}
        say(asked.id)
      }`
    const reported: string[] = []
    for (let round = 0; round < 6; round++) {
      const { child, gone, said } = start(program, path, `r${round}`)
      await expect.poll(() => said().length, { interval: 5 }).toBeGreaterThan(round * 7)
      child.kill('SIGKILL')
      await gone
      reported.push(...said())
    }
    const ledger = openLedger(path)
    const outstanding = new Set((await ledger.outstanding()).map(({ id }) => id))
    expect(reported.filter((id) => !outstanding.has(id))).toEqual([])
    // What the last one had only reserved is given back with the first write, after the file is open.
    await expect.poll(() => used(ledger)).toBe(BigInt(outstanding.size) * 7n)
  })

  it('leaves its call to the next that is equal, at once, and gives back what it had only reserved', async () => {
    const path = newPath()
    const program = `
      await ledger.reserve(reservation('only-reserved'))
      await ledger.reserve(reservation('signed'))
      await ledger.recordEvent('signed', signed)
      say('ready')
      stay()`
    const { child, gone, said } = start(program, path)
    await expect.poll(said, { interval: 5 }).toEqual(['ready'])
    const ledger = openLedger(path)
    const query = { fingerprint: 'signed', windowMs: 60_000 }
    expect(await ledger.resume(query)).toMatchObject({ kind: 'wait' })
    child.kill('SIGKILL')
    await gone
    const resumed = await ledger.resume(query)
    expect(resumed).toMatchObject({ kind: 'resumed', purchase: { id: 'signed' } })
    const next = openLedger(path, clockAhead())
    await expect.poll(async () => (await next.find({ id: 'only-reserved' }))?.state).toBe('released')
  })

  it('has spent what its account could be billed for, since nobody can know', async () => {
    const path = newPath()
    const program = `
      const { payer, ...request } = reservation('billed')
      const billed = { ...offer, dialect: 'account', network: 'account:usd' }
      await ledger.reserve({ ...request, kind: 'account', offer: billed })
      say('ready')
      stay()`
    const { child, gone, said } = start(program, path)
    await expect.poll(said, { interval: 5 }).toEqual(['ready'])
    const ledger = openLedger(path)
    expect(await ledger.find({ id: 'billed' })).toMatchObject({ state: 'sent', call: 'open' })
    child.kill('SIGKILL')
    await gone
    const next = openLedger(path, clockAhead())
    await expect.poll(async () => (await next.find({ id: 'billed' }))?.state).toBe('settled')
    expect(await next.find({ id: 'billed' })).toMatchObject({ call: 'failed', offer: { cost: 7n } })
  })
})
