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

it('P92: durableObjectLedger forgets, and is restored, as every store is, in workerd', async () => {
  const { run } = await startWorkers(
    `import { backupLedger, pruneLedger, restoreLedger } from '@bursar/ledger/durable-object'
     import { ledgerCareContract } from '@bursar/ledger/testing'
     import { onTestFinished, runCases } from './small-vitest.ts'
     let opened = 0
     let env
     ledgerCareContract('durableObjectLedger', (clock) => {
       const place = () => ({ namespace: env.LEDGER, name: 'care ' + opened++, clock })
       const original = place()
       return {
         ledger: durableObjectLedger(original),
         prune: (keepMs) => pruneLedger({ ...original, keepMs }),
         async restoreElsewhere() {
           const { clock, ...copy } = place()
           await restoreLedger({ ...copy, backup: await backupLedger(original) })
           const restored = durableObjectLedger({ ...copy, clock })
           onTestFinished(() => restored.close())
           return restored
         }
       }
     })
     const run = (given) => {
       env = given
       return runCases()
     }`,
    1
  )
  const { passed, failed } = (await run(0, 'care')) as ContractResults
  expect(failed).toEqual([])
  expect(passed).toBeGreaterThan(7)
})

/** Tries to restore what is no backup, and into what is not empty. Says what was thrown, and what is there then. */
const restoreWrongly = `
  import { backupLedger, restoreLedger } from '@bursar/ledger/durable-object'
  async function run(env) {
    const place = (name) => ({ namespace: env.LEDGER, name })
    const ledger = durableObjectLedger(place('original'))
    for (const id of ['1', '2']) await ledger.reserve(reservation(id), { sign: () => signed })
    const backup = await backupLedger(place('original'))
    const lines = new TextDecoder().decode(backup).split('\\n')
    const bytes = (lines) => new TextEncoder().encode(lines.join('\\n'))
    const wrong = {
      cut: backup.slice(0, backup.length / 2),
      'a line less': bytes(lines.toSpliced(2, 1)),
      'a line that is none': bytes(lines.with(2, '{"kind":"purchase"}')),
      'another amount': bytes(lines.with(1, lines[1].replace('"7"', '"8"'))),
      'another version': bytes(lines.with(0, lines[0].replace('"version":1', '"version":2'))),
      'no backup': new TextEncoder().encode('hello'),
      nothing: new Uint8Array()
    }
    const thrown = []
    for (const [name, backup] of Object.entries(wrong)) {
      const error = await restoreLedger({ ...place('empty'), backup }).catch((error) => error)
      thrown.push([name, error?.code, error?.context?.reason])
    }
    const again = await restoreLedger({ ...place('original'), backup }).catch((error) => error)
    thrown.push(['not empty', again?.code, again?.context?.reason])
    const empty = durableObjectLedger(place('empty'))
    const [{ used }] = await empty.usage(budgets)
    return { thrown, left: [(await empty.status()).restored ?? null, String(used)] }
  }`

it('P92: what is damaged is not restored, nor anything over purchases that are there', async () => {
  const { run } = await startWorkers(restoreWrongly, 1)
  const { thrown, left } = (await run(0, '')) as { thrown: unknown[]; left: unknown[] }
  const none = 'that is no backup of a ledger, or its line 1 is damaged'
  expect(thrown).toEqual([
    ['cut', 'ledger/unavailable', expect.stringMatching(/^line \d of its backup is damaged, or was cut$/)],
    ['a line less', 'ledger/unavailable', 'line 3 of its backup is damaged, or was cut'],
    ['a line that is none', 'ledger/unavailable', 'line 3 of its backup is damaged, or was cut'],
    ['another amount', 'ledger/unavailable', 'line 2 of its backup is damaged, or was cut'],
    ['another version', 'ledger/unavailable', 'its backup was written by another version of Bursar'],
    ['no backup', 'ledger/unavailable', none],
    ['nothing', 'ledger/unavailable', none],
    [
      'not empty',
      'ledger/unavailable',
      'a backup is restored into an empty ledger, and this one has purchases'
    ]
  ])
  expect(left).toEqual([null, '0'])
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
