import { chunkOf } from '../../../rules/chunks.js'
import { isForgettable } from '../../../rules/retention.js'
import { MAY_HAVE_PAID } from '../../sql-conditions.js'
import { decodePurchase } from '../../stored-purchase.js'
import type { LedgerFile } from '../ledger-file.js'

/** Rows of one transaction: others wait for it no longer than for a payment. */
export const FORGET_BATCH = 500

/** Notes that what was reserved before a time may be gone. */
export function noteForgotten(file: LedgerFile, until: bigint): number {
  file
    .prepare(
      "INSERT INTO settings VALUES ('forgotten', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value " +
        'WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)'
    )
    .run(String(until))
  return 0
}

/** Whether a newer purchase shows the payee of a host. */
function newerOf(host: string): string {
  const by = (column: string): string =>
    `EXISTS (SELECT 1 FROM purchases AS newer WHERE newer.${column} = ${host} AND newer.network = old.network ` +
    `AND newer.seq > old.seq AND newer.${MAY_HAVE_PAID})`
  return `(${by('host')} OR ${by('requested_host')})`
}

/** What may be forgotten, by the columns; the rule decides. The newest of its hosts and network is none of them. */
const CANDIDATES =
  "SELECT seq, facts FROM purchases AS old WHERE reserved_at < ? AND state IN ('settled', 'dead', 'released') " +
  `AND call <> 'open' AND name IS NULL AND (state <> 'settled' OR (${newerOf('old.host')} AND ` +
  `(requested_host IS NULL OR ${newerOf('old.requested_host')}))) ORDER BY reserved_at LIMIT ${FORGET_BATCH}`

/** Deletes a batch of purchases. @returns how many. */
export function forgetPurchases(file: LedgerFile, until: bigint): number {
  const rows = file.prepare<{ seq: bigint; facts: string }>(CANDIDATES).all(until)
  const forgotten = rows.filter(({ facts }) =>
    isForgettable(decodePurchase({ facts, secrets: null }), { untilMs: Number(until), isNewestOfHost: false })
  )
  const eraseBytes = file.prepare('DELETE FROM secrets WHERE seq = ?')
  const erase = file.prepare('DELETE FROM purchases WHERE seq = ?')
  for (const { seq } of forgotten) {
    eraseBytes.run(seq)
    erase.run(seq)
  }
  return forgotten.length
}

/** Deletes a batch of jobs. @returns how many. */
export function forgetJobs(file: LedgerFile, until: bigint): number {
  const rows = file
    .prepare<{
      seq: bigint
    }>(`SELECT seq FROM jobs WHERE noted_at < ? LIMIT ${FORGET_BATCH}`)
    .all(until)
  const erase = file.prepare('DELETE FROM jobs WHERE seq = ?')
  for (const { seq } of rows) erase.run(seq)
  return rows.length
}

/** Deletes a batch of running totals. The newest that is old stays of each scope: windows begin at it. @returns how many. */
export function forgetTotals(file: LedgerFile, until: bigint): number {
  const rows = file
    .prepare<{ scope: string; at: bigint }>(
      'SELECT scope, at FROM settled WHERE at < ? AND at < (SELECT max(at) FROM settled AS kept ' +
        `WHERE kept.scope = settled.scope AND kept.at < ?) LIMIT ${FORGET_BATCH}`
    )
    .all(until, until)
  const erase = file.prepare('DELETE FROM settled WHERE scope = ? AND at = ?')
  for (const { scope, at } of rows) erase.run(scope, at)
  // A chunk whose totals are gone is no window's.
  if (rows.length < FORGET_BATCH)
    file
      .prepare(
        'DELETE FROM settled_chunks WHERE chunk < ? AND NOT EXISTS (SELECT 1 FROM settled ' +
          'WHERE settled.scope = settled_chunks.scope AND at >> 24 = chunk)'
      )
      .run(chunkOf(until))
  return rows.length
}
