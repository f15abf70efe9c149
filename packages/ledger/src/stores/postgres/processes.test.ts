import { systemClock } from '@bursar/core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { startChild } from '../../../test/child.js'
import { type LocalPostgres, startPostgres } from '../../../test/local-postgres.js'
import { reservation, total } from '../../../test/purchases.js'
import { postgresLedger } from '../../postgres.js'

let server: LocalPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Another machine: fills the budget of 1000 as fast as it can, and prints what it knows is written. */
const program = `
  import { postgresLedger } from '@bursar/ledger/postgres'
  const ledger = postgresLedger(place)
  try {
    for (let at = 0; ; at++) {
      const id = name + '-' + at
      await ledger.reserve(reservation(id))
      await ledger.recordEvent(id, signed)
      say(id)
    }
  } catch (error) {
    if (error.code !== 'offer/over-limit') throw error
  }
  await ledger.close()`

it('two machines, one of them killed, together fill a budget exactly and lose nothing', async () => {
  const url = await server.newDatabase()
  const [killed, other] = [startChild(program, url, 'killed'), startChild(program, url, 'other')]
  await expect.poll(() => killed.said().length, { interval: 5 }).toBeGreaterThan(10)
  killed.child.kill('SIGKILL')
  await killed.gone
  expect(await other.gone).toEqual([0, null])
  // What the killed one had only reserved comes free once it has been silent for long enough.
  const clock = { ...systemClock, nowMs: () => Date.now() + 60_000 }
  const ledger = postgresLedger({ url, clock })
  onTestFinished(() => ledger.close())
  for (let at = 0; ; at++) {
    const fits = await ledger.reserve(reservation(`last-${at}`, [total(1_000n)])).then(
      () => true,
      () => false
    )
    if (!fits) break
  }
  const reported = [...killed.said(), ...other.said()]
  const kept = new Set((await ledger.outstanding()).map(({ id }) => id))
  expect(reported.filter((id) => !kept.has(id))).toEqual([])
  const states: string[] = []
  for await (const { state } of ledger.history()) states.push(state)
  // 1000 = 142 x 7 + 6
  expect(states.filter((state) => state !== 'released')).toHaveLength(142)
})
