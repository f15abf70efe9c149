import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { openLedger, usePostgres } from '../../../test/postgres-ledgers.js'
import { reservation, signed } from '../../../test/purchases.js'

const postgres = usePostgres()

/** Text that no compression makes shorter. */
const long = (chars: number): string => randomBytes(chars).toString('base64url').slice(0, chars)

it('pays at a path of any length, which a redirect may have chosen, and knows its price', async () => {
  const ledger = openLedger(await postgres.newDatabase())
  const path = `/${long(8_000)}`
  const made = await ledger.reserve({ ...reservation('1'), path }, { sign: () => signed })
  expect([made.state, made.path]).toEqual(['signed', path])
  expect(await ledger.lastCost({ origin: made.origin, path })).toBe(7n)
})

it('M52: keeps the longest name and label that are taken, in any script', async () => {
  const ledger = openLedger(await postgres.newDatabase())
  const text = (chars: number): string =>
    String.fromCharCode(...Array.from({ length: chars }, () => 0x4e00 + Math.floor(Math.random() * 20_000)))
  const [name, agent] = [text(800), text(795)]
  await ledger.reserve({ ...reservation('1'), name, labels: { agent } }, { sign: () => signed })
  expect(await ledger.find({ name })).toMatchObject({ id: '1', labels: { agent } })
})

it('fails nothing beside what it cannot keep, which a service may choose, and says why', async () => {
  const ledger = openLedger(await postgres.newDatabase())
  await ledger.status()
  const tooLong = ledger.noteJob({ job: long(8_000), origin: 'https://a.example', labels: {} })
  const others = ['1', '2', '3'].map((id) => ledger.reserve(reservation(id), { sign: () => signed }))
  await expect(tooLong).rejects.toMatchObject({
    code: 'ledger/unavailable',
    context: { reason: 'its database keeps no text of that length' }
  })
  expect((await Promise.all(others)).map(({ state }) => state)).toEqual(['signed', 'signed', 'signed'])
})
