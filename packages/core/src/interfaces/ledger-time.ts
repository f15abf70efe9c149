import type { Clock } from './clock.js'
import type { Ledger } from './ledger.js'

/**
 * Now, by the clock of a ledger, in Unix milliseconds: only with this may the time of a purchase be compared. It need not be the
 * process's own, which can be minutes off: a ledger in PostgreSQL goes by the clock of its database.
 *
 * @throws {BursarError} `ledger/unavailable`
 */
export async function readLedgerTime(
  ledger: Partial<Pick<Ledger, 'status'>>,
  clock: Pick<Clock, 'nowMs'>
): Promise<number> {
  return (await ledger.status?.())?.nowMs ?? clock.nowMs()
}
