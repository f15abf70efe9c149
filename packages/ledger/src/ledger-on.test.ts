import type { Ledger } from '@bursar/core'
import { expect, it } from 'vitest'
import { ledgerOn } from './ledger-on.js'
import type { WriteOptions } from './steps/store.js'
import { MemoryStore } from './stores/memory/memory-store.js'
import { buy, countingSigner, equal, handClock, reservation, signed, total } from './testing/samples.js'

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

it('waits for the disk before it returns what was signed at once, and not for what is only reserved', async () => {
  const { ledger, durable } = watched()
  await ledger.reserve(reservation('p1', 1n, { budgets: [total(9n)] }), { sign: () => signed })
  await ledger.reserve(reservation('p2', 1n, { budgets: [total(9n)] }))
  expect(durable).toEqual([true, false])
})

it('signs once when the store runs its step again, as one whose database refused the first try does', async () => {
  const [store, refused] = [new MemoryStore(handClock()), new MemoryStore(handClock())]
  const write = store.write.bind(store)
  store.write = async (step) => {
    await refused.write(step)
    return write(step)
  }
  const { sign, calls } = countingSigner()
  const purchase = await ledgerOn(store).reserve(reservation('p', 1n), { sign })
  expect([purchase.state, calls()]).toEqual(['signed', 1])
})

it('waits for the disk before it returns what is resumed, since its signer may have ended before that was written', async () => {
  const { ledger, durable } = watched()
  await buy(ledger, reservation('p1', 1n), 'sent', 'failed')
  durable.length = 0
  expect(await ledger.resume(equal())).toMatchObject({ kind: 'resumed', purchase: { id: 'p1' } })
  expect(durable).toEqual([true])
})
