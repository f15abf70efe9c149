import type { Ledger } from '@bursar/core'
import { expect, it } from 'vitest'
import { ledgerOn } from './ledger-on.js'
import type { WriteOptions } from './steps/store.js'
import { MemoryStore } from './stores/memory/memory-store.js'
import { buy, equal, handClock, reservation, signed, total } from './testing/samples.js'

/** A ledger in memory that writes down which of its writes must survive a power cut before anybody goes on. */
function watched(): { readonly ledger: Ledger; readonly durable: boolean[] } {
  const durable: boolean[] = []
  const store = new MemoryStore(handClock())
  const write = store.write.bind(store)
  store.write = (step, options: WriteOptions = {}) => {
    durable.push(options.isDurable === true)
    return write(step)
  }
  return { ledger: ledgerOn(store), durable }
}

it('has what is signed at once on the disk before it is told, and what is only reserved a moment later', async () => {
  const { ledger, durable } = watched()
  await ledger.reserve(reservation('p1', 1n, { budgets: [total(9n)] }), { sign: () => signed })
  await ledger.reserve(reservation('p2', 1n, { budgets: [total(9n)] }))
  expect(durable).toEqual([true, false])
})

it('has what is resumed on the disk before it is told: who signed it may have gone before it was', async () => {
  const { ledger, durable } = watched()
  await buy(ledger, reservation('p1', 1n), 'sent', 'failed')
  durable.length = 0
  expect(await ledger.resume(equal())).toMatchObject({ kind: 'resumed', purchase: { id: 'p1' } })
  expect(durable).toEqual([true])
})
