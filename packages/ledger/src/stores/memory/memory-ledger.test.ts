import { expect, it } from 'vitest'
import { reservation, signed } from '../../../test/purchases.js'
import { ledgerContract } from '../../testing.js'
import { memoryLedger } from './memory-ledger.js'

ledgerContract('memoryLedger', (clock) => memoryLedger({ clock }))

it('memoryLedger forgets what is done after a thousand more, and never what has a name', async () => {
  const ledger = memoryLedger()
  const buy = async (id: string, name?: string): Promise<void> => {
    await ledger.reserve({ ...reservation(id), name })
    await ledger.recordEvent(id, signed)
    await ledger.recordEvent(id, { type: 'settled' })
    await ledger.recordEvent(id, { type: 'answered' })
  }
  await buy('named', 'invoice-42')
  for (let index = 0; index <= 1_000; index++) await buy(`p${index}`)
  expect(await ledger.find({ id: 'p0' })).toBeUndefined()
  expect(await ledger.find({ name: 'invoice-42' })).toMatchObject({ id: 'named' })
})
