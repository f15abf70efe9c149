import { expect, it } from 'vitest'
import type { ContractResults } from './small-vitest.js'
import { startWorkers } from './worker.js'

it('P35: durableObjectLedger passes what every store passes, in workerd', async () => {
  const { run } = await startWorkers(
    `import { ledgerContract } from '@bursar/ledger/testing'
     import { runCases } from './small-vitest.ts'
     let opened = 0
     let env
     ledgerContract('durableObjectLedger', (clock) =>
       durableObjectLedger({ namespace: env.LEDGER, name: 'contract ' + opened++, clock }), { signsAfter: true })
     const run = (given) => {
       env = given
       return runCases()
     }`,
    1
  )
  const { passed, failed } = (await run(0, 'contract')) as ContractResults
  expect(failed).toEqual([])
  expect(passed).toBeGreaterThan(100)
})

/** Reserves, signs and settles a hundred payments at once, and says how many there was room for. */
const fill = `
  async function settleOne(ledger, id) {
    try { await ledger.reserve(reservation(id), { sign: () => signed }) } catch (error) {
      if (error.code === 'offer/over-limit') return 0
      throw error
    }
    await ledger.recordEvent(id, { type: 'settled' })
    await ledger.recordEvent(id, { type: 'answered' })
    return 1
  }
  async function run(env, name) {
    const ledger = durableObjectLedger({ namespace: env.LEDGER })
    const settled = await Promise.all(Array.from({ length: 60 }, (_, index) => settleOne(ledger, name + '-' + index)))
    const [{ used }] = await ledger.usage(budgets)
    await ledger.close()
    return [settled.reduce((sum, one) => sum + one, 0), String(used)]
  }`

it('P35: isolates together fill a budget exactly, and it stays full for the next', async () => {
  const { run } = await startWorkers(fill, 4)
  const answers = (await Promise.all([0, 1, 2, 3].map((worker) => run(worker, `w${worker}`)))) as [
    number,
    string
  ][]
  // 1000 = 142 x 7 + 6: one more would pass it, and one less would leave room that somebody was denied.
  expect(answers.reduce((sum, [settled]) => sum + settled, 0)).toBe(142)
  expect(await run(3, 'later')).toEqual([0, '994'])
})

it('P35: what a Worker signed before it ended is resumed by another, with the same bytes', async () => {
  const { run } = await startWorkers(
    `async function run(env, name) {
       const ledger = durableObjectLedger({ namespace: env.LEDGER })
       if (name === 'sign') {
         await ledger.reserve(reservation('one'), { sign: () => signed })
         return 'signed'
       }
       const query = { fingerprint: 'one', windowMs: 60_000 }
       let found = await ledger.resume(query)
       for (; found.kind === 'wait'; found = await ledger.resume({ ...query, look: found.look }))
         await new Promise((go) => setTimeout(go, found.askAgainMs))
       return [found.kind, found.purchase?.bytes?.header.value]
     }`,
    2
  )
  expect(await run(0, 'sign')).toBe('signed')
  expect(await run(1, 'resume')).toEqual(['resumed', 'bytes'])
})

it('P35: a ledger that a Worker keeps between requests serves each of them, also those that come at once', async () => {
  const { run } = await startWorkers(
    `let ledger
     async function run(env, name) {
       ledger ??= durableObjectLedger({ namespace: env.LEDGER })
       await ledger.reserve(reservation(name), { sign: () => signed })
       await ledger.recordEvent(name, { type: 'settled' })
       await ledger.recordEvent(name, { type: 'answered' })
       return (await ledger.find({ id: name })).state
     }`,
    1
  )
  expect(await run(0, 'first')).toBe('settled')
  const names = Array.from({ length: 8 }, (_, index) => `p${index}`)
  expect(await Promise.all(names.map((name) => run(0, name)))).toEqual(names.map(() => 'settled'))
  expect(await run(0, 'last')).toBe('settled')
})
