import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { atomicUsdc } from '@bursar/core'
import { sqliteLedger } from '@bursar/ledger/sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { libsqlOnNode20, newFolder, node22, runtimes, startIn } from './runtime.js'

/** What takes as long hangs. */
const deadline = { timeout: 30_000 }

/** The file as this process sees it, by libsql on Node. */
function openHere(path: string) {
  const ledger = sqliteLedger({ path })
  onTestFinished(() => ledger.close())
  return ledger
}

it('P35: processes of every runtime on one file together fill a budget exactly, and nothing is stuck', async () => {
  const path = join(newFolder(), 'ledger.db')
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
  const running = runtimes.map((runtime, index) => startIn(runtime, program, [path, `p${index}`]))
  for (const { gone } of running) expect(await gone).toEqual([0, null])
  const ledger = openHere(path)
  const states: string[] = []
  for await (const { state } of ledger.history()) states.push(state)
  // 1000 = 142 x 7 + 6: one more would pass it, and one less would leave room that somebody was denied.
  expect(states.filter((state) => state === 'settled')).toHaveLength(142)
  expect(states.filter((state) => state !== 'settled' && state !== 'released')).toEqual([])
})

describe.each(runtimes)('P35: the ledger in $name', (runtime) => {
  it('leaves the call of a killed process to one of another runtime, with the very bytes that were signed', async () => {
    const path = join(newFolder(), 'ledger.db')
    const pay = `
      await ledger.reserve(reservation('signed'), { sign: () => signed })
      console.log('signed')
      setInterval(() => {}, 1000)`
    const { child, gone, said } = startIn(runtime, pay, [path, 'killed'])
    await expect.poll(said).toEqual(['signed'])
    child.kill('SIGKILL')
    await gone
    const resume = `
      const query = { fingerprint: 'signed', windowMs: 60_000 }
      let found = await ledger.resume(query)
      for (; found.kind === 'wait'; found = await ledger.resume({ ...query, look: found.look }))
        await new Promise((go) => setTimeout(go, found.askAgainMs))
      console.log(found.kind, found.purchase.bytes.header.value, String(found.purchase.offer.cost))
      await ledger.close()`
    const other = runtime === libsqlOnNode20 ? runtimes.at(-1) : libsqlOnNode20
    const next = startIn(other ?? runtime, resume, [path, 'next'])
    expect(await next.gone).toEqual([0, null])
    expect(next.said()).toEqual(['resumed bytes 7'])
  })

  it('makes the file at once with others of its kind, and waits for a program that has it locked', async () => {
    const path = join(newFolder(), 'ledger.db')
    const program = `
      await ledger.reserve(reservation(name))
      await pruneLedger({ path, keepMs: 62 * 86_400_000 })
      await ledger.close()`
    const running = ['a', 'b', 'c'].map((name) => startIn(runtime, program, [path, name]))
    for (const { gone } of running) expect(await gone).toEqual([0, null])
    const hold = `
      const { DatabaseSync } = await import('node:sqlite')
      new DatabaseSync(path).exec('BEGIN IMMEDIATE')
      console.log('held')
      setInterval(() => {}, 1000)`
    const holder = startIn(node22, hold, [path, 'holder'])
    await expect.poll(holder.said, deadline).toEqual(['held'])
    const waits = `
      console.log('begins')
      await pruneLedger({ path, keepMs: 62 * 86_400_000 })
      await ledger.close()`
    const waiting = startIn(runtime, waits, [path, 'waits'])
    await expect.poll(waiting.said, deadline).toEqual(['begins'])
    await setTimeout(200)
    holder.child.kill('SIGKILL')
    expect(await waiting.gone).toEqual([0, null])
  })

  it('takes turns with a second process of its kind and with libsql, and loses nothing', async () => {
    const path = join(newFolder(), 'ledger.db')
    await openHere(path).reserve({ ...first, id: 'first' })
    const program = `
      const made = []
      for (let round = 0; round < 20; round++) {
        await ledger.reserve(reservation(name + round, { budgets: [] }))
        made.push((await ledger.find({ id: name + round })).state)
      }
      console.log(new Set(made).size, made.length)
      await ledger.close()`
    const running = ['a', 'b'].map((name) => startIn(runtime, program, [path, name]))
    for (const { gone } of running) expect(await gone).toEqual([0, null])
    for (const { said } of running) expect(said()).toEqual(['1 20'])
    const ids: string[] = []
    for await (const { id } of openHere(path).history()) ids.push(id)
    expect(ids).toHaveLength(41)
  })
})

const first = {
  kind: 'payment',
  fingerprint: 'first',
  method: 'GET',
  origin: 'https://a.example',
  path: '/',
  payer: '0xc',
  offer: {
    dialect: 'x402-v2',
    network: 'eip155:8453',
    asset: '0xa',
    payTo: '0xb',
    amountAtomic: 7n,
    cost: atomicUsdc(7n)
  },
  guards: { budgets: [] },
  labels: {}
} as const
