import { describe, expect, it } from 'vitest'
import { startChild } from '../../../test/child.js'
import { change, openElsewhere, openLedger, usePostgres } from '../../../test/postgres-ledgers.js'
import { reservation, signed, total, used } from '../../../test/purchases.js'

const server = usePostgres()

/** A database with a default of its own. */
async function databaseWith(setting: string): Promise<string> {
  const url = await server.newDatabase()
  await change(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET ${setting}`)
  return url
}

describe('the server’s own defaults', () => {
  it.each(['repeatable read', 'serializable'])(
    'M11: three machines keep a budget exactly where transactions are %s by default',
    async (level) => {
      const url = await databaseWith(`default_transaction_isolation = '${level}'`)
      const machines = [1, 2, 3].map(() => openElsewhere(url))
      const buy = async (id: string): Promise<string> => {
        const ledger = machines[Number(id) % 3] ?? openElsewhere(url)
        try {
          await ledger.reserve(reservation(id, [total(70n)]), { sign: () => signed })
          for (const type of ['sent', 'settled', 'answered'] as const) await ledger.recordEvent(id, { type })
          return 'bought'
        } catch (error) {
          return String((error as { code?: unknown }).code)
        }
      }
      const ends = await Promise.all(Array.from({ length: 30 }, (_, index) => buy(String(index))))
      expect(ends.filter((end) => end === 'bought')).toHaveLength(10)
      expect(ends.filter((end) => end === 'offer/over-limit')).toHaveLength(20)
      const states: string[] = []
      for await (const { state, call } of openLedger(url).history()) states.push(`${state} ${call}`)
      expect(new Set(states)).toEqual(new Set(['settled answered']))
      expect(await used(openLedger(url))).toBe(70n)
    }
  )

  it('M11: do not make a commit less durable, nor transactions read-only', async () => {
    const url = await databaseWith("synchronous_commit = 'off'")
    await change(
      url,
      `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_read_only = on`
    )
    const ledger = openLedger(url)
    await ledger.outstanding()
    await change(
      url,
      `BEGIN READ WRITE;
       CREATE TABLE seen (setting TEXT);
       CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NEW; END $$;
       CREATE TRIGGER see AFTER INSERT ON bursar_purchases FOR EACH ROW EXECUTE FUNCTION see();
       COMMIT`
    )
    await ledger.reserve(reservation('p'), { sign: () => signed })
    const { rows } = await change(url, 'SELECT setting FROM seen')
    expect(rows).toEqual([{ setting: 'local' }])
  })

  it('M11: end no transaction of ours whose statements each come in time', async () => {
    const url = await databaseWith("transaction_timeout = '100ms'")
    const ledger = openLedger(url)
    await ledger.outstanding()
    await change(
      url,
      `SET transaction_timeout = 0;
       CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$;
       CREATE TRIGGER wait AFTER INSERT ON bursar_purchases FOR EACH ROW EXECUTE FUNCTION wait()`
    )
    expect(await ledger.reserve(reservation('p'), { sign: () => signed })).toMatchObject({ state: 'signed' })
  })

  it('a commit that the database refuses did not hold, and is run anew', async () => {
    const url = await server.newSchema()
    const ledger = openLedger(url)
    await ledger.outstanding()
    // Refused at the commit itself, once.
    await change(
      url,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF nextval('tries') = 1 THEN
           RAISE EXCEPTION 'on purpose' USING ERRCODE = 'serialization_failure';
         END IF; RETURN NEW; END $$;
       CREATE SEQUENCE tries;
       CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON bursar_purchases DEFERRABLE INITIALLY DEFERRED
         FOR EACH ROW EXECUTE FUNCTION refuse()`
    )
    let signatures = 0
    const sign = () => {
      signatures++
      return signed
    }
    expect(await ledger.reserve(reservation('p', [total(7n)]), { sign })).toMatchObject({ state: 'signed' })
    expect(signatures).toBe(1)
    expect(await used(ledger)).toBe(7n)
  })
})

/** Is stopped in the middle of the transaction that reserves, and says what became of it. */
const stopsInside = `
  import { postgresLedger } from '@bursar/ledger/postgres'
  const ledger = postgresLedger(place)
  await ledger.outstanding()
  let signatures = 0
  const sign = () => {
    signatures++
    say('inside')
    process.kill(process.pid, 'SIGSTOP')
    return signed
  }
  const bought = await ledger.reserve(reservation('stopped'), { sign })
  say(bought.state + ' ' + signatures)
  await ledger.close()`

describe('a machine that stops in the middle of a transaction', () => {
  it('M39: holds the others up for five seconds at most, and its own call goes on when it wakes', async () => {
    const url = await server.newSchema()
    const ledger = openLedger(url)
    await ledger.outstanding()
    const child = startChild(stopsInside, url)
    await child.says(1)
    const startMs = performance.now()
    await ledger.reserve(reservation('p', [total(7n)]), { sign: () => signed })
    // The machine that stopped stays so until it is told to go on: without the bound this would never end.
    expect(performance.now() - startMs).toBeLessThan(20_000)
    child.child.kill('SIGCONT')
    await child.gone
    expect(child.said()).toEqual(['inside', 'signed 1'])
    expect(await ledger.find({ id: 'stopped' })).toMatchObject({ state: 'signed' })
  })
})
