import { describe, expect, it } from 'vitest'
import { type Child, startChild } from '../../../test/child.js'
import { change, openElsewhere, openLedger, usePostgres } from '../../../test/postgres-ledgers.js'
import { reservation, signed } from '../../../test/purchases.js'
import { describeSessionElsewhere } from '../../../test/session-elsewhere.js'

const server = usePostgres()
const query = { fingerprint: 'signed', windowMs: 600_000 }

/** Signs a purchase, and lives on, on a machine that this one cannot look into. */
async function buyerElsewhere(url: string): Promise<Child> {
  const child = startChild(
    `import { postgresLedger } from '@bursar/ledger/postgres'
     await postgresLedger(place).reserve(reservation('signed'), { sign: () => signed })
     say('ready')
     stay()`,
    url
  )
  await child.says(1)
  await change(url, "UPDATE bursar_sessions SET machine = 'machine-2'")
  return child
}

describeSessionElsewhere({
  statement: 'M1',
  newPlace: () => server.newSchema(),
  buyerElsewhere,
  open: (url, clock) => openLedger(url, { clock })
})

describe('ledgers of one process', () => {
  it('M5: on one database share what is not written yet, however their URLs are spelled', async () => {
    const url = await server.newSchema()
    const spelled = new URL(url)
    spelled.hostname = 'localhost'
    const [one, two] = [openLedger(url), openLedger(spelled.href)]
    await one.reserve(reservation('signed'), { sign: () => signed })
    await two.outstanding()
    const { rows } = await change(url, 'SELECT id FROM bursar_sessions')
    expect(rows).toHaveLength(1)
    await one.recordEvent('signed', { type: 'sent' })
    expect((await two.status()).unwritten).toBe(1)
    await one.close()
    expect(await two.find({ id: 'signed' })).toMatchObject({ state: 'sent' })
  })

  it('on two databases of one name share nothing', async () => {
    const [here, there] = [await server.newSchema(), await server.newSchema()]
    const [one, two] = [openLedger(here), openLedger(there)]
    await one.reserve(reservation('signed'), { sign: () => signed })
    expect(await two.find({ id: 'signed' })).toBeUndefined()
  })

  it('pay nothing any more when their URL leads to another database', async () => {
    const url = await server.newSchema()
    const ledger = openLedger(url)
    await ledger.reserve(reservation('p'))
    await change(
      url,
      "UPDATE bursar_settings SET value = 'another' WHERE key = 'ledger'; " +
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()'
    )
    await expect.poll(() => reasonOf(ledger.reserve(reservation('q')))).toMatch(/another database/)
  })

  it('leave the database to each other when one is closed', async () => {
    const url = await server.newSchema()
    const [one, two, other] = [openLedger(url), openLedger(url), openElsewhere(url)]
    await one.reserve(reservation('signed'), { sign: () => signed })
    await two.outstanding()
    await one.close()
    expect(await other.resume(query)).toMatchObject({ kind: 'wait' })
    await two.close()
    expect(await other.resume(query)).toMatchObject({ kind: 'resumed' })
  })
})

async function reasonOf(paying: Promise<unknown>): Promise<string> {
  return paying.then(
    () => 'paid',
    (error: Error) => error.message
  )
}
