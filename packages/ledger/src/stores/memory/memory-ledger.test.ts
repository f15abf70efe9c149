import type { Job, PaymentReservation } from '@bursar/core'
import { expect, it } from 'vitest'
import { reservation, signed } from '../../../test/purchases.js'
import { ledgerContract } from '../../testing.js'
import { memoryLedger } from './memory-ledger.js'

ledgerContract('memoryLedger', (clock) => memoryLedger({ clock }))

it('memoryLedger forgets what is done after a thousand more, and never what has a name, or the payees and prices of both hosts', async () => {
  const ledger = memoryLedger()
  const buy = async (id: string, more: Partial<PaymentReservation> = {}): Promise<void> => {
    await ledger.reserve({ ...reservation(id), ...more })
    await ledger.recordEvent(id, signed)
    await ledger.recordEvent(id, { type: 'settled' })
    await ledger.recordEvent(id, { type: 'answered' })
  }
  await buy('named', { name: 'invoice-42' })
  const led = { requestedOrigin: 'https://asked.example', requestedPath: '/asked' }
  await buy('led', led)
  for (let index = 0; index <= 1_000; index++) await buy(`p${index}`)
  for (const id of ['led', 'p0']) expect(await ledger.find({ id })).toBeUndefined()
  expect(await ledger.lastCost({ origin: led.requestedOrigin, path: led.requestedPath })).toBeDefined()
  const moved = { ...reservation('moved'), ...led, guards: { budgets: [], pinsPayee: true } }
  const elsewhere = { origin: 'https://new.example', offer: { ...moved.offer, payTo: '0xother' } }
  expect(await ledger.evaluate({ ...moved, ...elsewhere })).toMatchObject({ host: 'asked.example' })
  expect(await ledger.find({ name: 'invoice-42' })).toMatchObject({ id: 'named' })
})

it('memoryLedger forgets the oldest of ten thousand jobs, and keeps the order in which they were noted', async () => {
  const ledger = memoryLedger()
  const note = (job: string, purchase?: string) =>
    ledger.noteJob({ job, origin: 'https://a.example', labels: {}, ...(purchase ? { purchase } : {}) })
  for (let index = 0; index < 10_000; index++) await note(`j${index}`)
  await ledger.reserve(reservation('p1'))
  await note('j1', 'p1')
  await note('j10000')
  const jobs: Job[] = []
  for await (const job of ledger.jobs()) jobs.push(job)
  expect(jobs.map(({ job }) => job)).toEqual(
    Array.from({ length: 10_000 }, (_, index) => `j${10_000 - index}`)
  )
  expect(jobs.at(-1)).toMatchObject({ job: 'j1', purchase: 'p1' })
})
