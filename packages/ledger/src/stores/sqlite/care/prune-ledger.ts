import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, systemClock } from '@bursar/core'
import { unavailableError } from '../../../errors.js'
import { chunkOf } from '../../../rules/chunks.js'
import { isForgettable, SHORTEST_KEPT_MS } from '../../../rules/retention.js'
import { MAY_HAVE_PAID } from '../../sql-conditions.js'
import { decodePurchase } from '../../stored-purchase.js'
import { defaultPath } from '../default-path.js'
import { type LedgerFile, rollBack } from '../ledger-file.js'
import { isBusy, reasonFor } from '../sqlite-error.js'
import { openExisting } from './existing-ledger.js'

/** What is forgotten. */
export interface PruneOptions {
  /** The ledger's file. Default: as `sqliteLedger`. @example { path: './ledger.db' } */
  readonly path?: string
  /**
   * For how long what is over is kept, in milliseconds. Not below 62 days, twice the longest window of a limit.
   *
   * @example { keepMs: 400 * 86_400_000 }
   */
  readonly keepMs: number
  /** Tells the time. Default: the machine's clock. @example { clock: systemClock } */
  readonly clock?: Pick<Clock, 'nowMs'>
}

/** What was forgotten. */
export interface Pruned {
  readonly purchases: number
  readonly jobs: number
  /** What was reserved before this time, in Unix milliseconds, may be gone. */
  readonly untilMs: number
}

/** Rows of one transaction: others wait for it no longer than for a payment. */
const BATCH = 500
const PAUSE_MS = 5
/** How long a locked file is waited for. */
const MAX_WAIT_MS = 10_000

/**
 * Forgets purchases that are long over, while any number of processes use the ledger. What every limit has spent stays, in
 * sums. So does what anything still needs: a purchase that is open or can still settle, one with a name, which is bought once
 * for ever, and the newest of each host and network, by which payees are pinned.
 *
 * @throws {TypeError} when `keepMs` is too short.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function pruneLedger({
  path = defaultPath(),
  keepMs,
  clock = systemClock
}: PruneOptions): Promise<Pruned> {
  if (!(keepMs >= SHORTEST_KEPT_MS)) throw new TypeError(`keepMs must be at least ${SHORTEST_KEPT_MS}`)
  const untilMs = Math.trunc(clock.nowMs() - keepMs)
  const file = openExisting(path)
  try {
    file.exec('PRAGMA secure_delete = ON')
    const until = BigInt(untilMs)
    // First, so that nobody compares what is gone with the chain.
    await inBatches(file, () => noteForgotten(file, until))
    const purchases = await inBatches(file, () => forgetPurchases(file, until))
    const jobs = await inBatches(file, () => forgetJobs(file, until))
    await inBatches(file, () => forgetTotals(file, until))
    return { purchases, jobs, untilMs }
  } catch (error) {
    throw reasonFor(error)
  } finally {
    file.close()
  }
}

/** Repeats a step that returns how many rows it deleted, one transaction each time, until it deletes none. */
async function inBatches(file: LedgerFile, step: () => number): Promise<number> {
  for (let all = 0; ; ) {
    const count = await inTransaction(file, step)
    all += count
    if (count < BATCH) return all
    await sleep(PAUSE_MS)
  }
}

async function inTransaction(file: LedgerFile, run: () => number): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      file.exec('BEGIN IMMEDIATE')
      break
    } catch (error) {
      if (!isBusy(error)) throw error
      if (waitedMs > MAX_WAIT_MS) throw unavailableError('another program holds its file locked', error)
      await sleep(PAUSE_MS)
    }
  }
  try {
    const count = run()
    file.exec('COMMIT')
    return count
  } catch (error) {
    rollBack(file)
    throw error
  }
}

function noteForgotten(file: LedgerFile, until: bigint): number {
  file
    .prepare(
      "INSERT INTO settings VALUES ('forgotten', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value " +
        'WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)'
    )
    .run(String(until))
  return 0
}

/**
 * What may be forgotten, by the columns; the rule decides. The newest payment of a host and
 * network that settled or still may stays: by it payees are pinned.
 */
const CANDIDATES =
  "SELECT seq, facts FROM purchases AS old WHERE reserved_at < ? AND state IN ('settled', 'dead', 'released') " +
  "AND call <> 'open' AND name IS NULL AND (state <> 'settled' OR EXISTS (SELECT 1 FROM purchases AS newer " +
  'WHERE newer.host = old.host AND newer.network = old.network AND newer.seq > old.seq ' +
  `AND newer.${MAY_HAVE_PAID})) ORDER BY reserved_at LIMIT ${BATCH}`

function forgetPurchases(file: LedgerFile, until: bigint): number {
  const rows = file.prepare<{ seq: bigint; facts: string }>(CANDIDATES).all(until)
  const forgotten = rows.filter(({ facts }) =>
    isForgettable(decodePurchase({ facts, secrets: null }), Number(until))
  )
  const eraseBytes = file.prepare('DELETE FROM secrets WHERE seq = ?')
  const erase = file.prepare('DELETE FROM purchases WHERE seq = ?')
  for (const { seq } of forgotten) {
    eraseBytes.run(seq)
    erase.run(seq)
  }
  return forgotten.length
}

function forgetJobs(file: LedgerFile, until: bigint): number {
  const rows = file
    .prepare<{
      seq: bigint
    }>(`SELECT seq FROM jobs WHERE noted_at < ? LIMIT ${BATCH}`)
    .all(until)
  const erase = file.prepare('DELETE FROM jobs WHERE seq = ?')
  for (const { seq } of rows) erase.run(seq)
  return rows.length
}

/** Of the running totals of each scope, the newest that is old stays: windows begin at it. */
function forgetTotals(file: LedgerFile, until: bigint): number {
  const rows = file
    .prepare<{ scope: string; at: bigint }>(
      'SELECT scope, at FROM settled WHERE at < ? AND at < (SELECT max(at) FROM settled AS kept ' +
        `WHERE kept.scope = settled.scope AND kept.at < ?) LIMIT ${BATCH}`
    )
    .all(until, until)
  const erase = file.prepare('DELETE FROM settled WHERE scope = ? AND at = ?')
  for (const { scope, at } of rows) erase.run(scope, at)
  // A chunk whose totals are gone is no window's.
  if (rows.length < BATCH)
    file
      .prepare(
        'DELETE FROM settled_chunks WHERE chunk < ? AND NOT EXISTS (SELECT 1 FROM settled ' +
          'WHERE settled.scope = settled_chunks.scope AND at >> 24 = chunk)'
      )
      .run(chunkOf(until))
  return rows.length
}
