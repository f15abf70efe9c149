import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, checkObject, checkOptions, checkText, systemClock, unchecked } from '@bursar/core'
import { unavailableError } from '../../../errors.js'
import { forgottenUntil } from '../../../rules/retention.js'
import type { Pruned } from '../../pruned.js'
import { defaultPath } from '../default-path.js'
import { type LedgerFile, rollBack } from '../ledger-file.js'
import { isBusy, reasonFor } from '../sqlite-error.js'
import { openExisting } from './existing-ledger.js'
import { FORGET_BATCH, forgetJobs, forgetPurchases, forgetTotals, noteForgotten } from './forget-batch.js'

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

const PAUSE_MS = 5
/** How long a locked file is waited for. */
const MAX_WAIT_MS = 10_000

/**
 * Forgets purchases that are long over, while any number of processes use the ledger. What every limit has spent stays, in
 * sums. So does what anything still needs: a purchase that is open or can still settle, one with a name, which is bought once
 * for ever, and the newest of each host and network, by which payees are pinned.
 *
 * @example
 * ```ts
 * await pruneLedger({ keepMs: 400 * 86_400_000 })
 * ```
 * @throws {TypeError} when an option is unknown or malformed, or `keepMs` is too short.
 * @throws {BursarError} `ledger/unavailable`
 */
export async function pruneLedger(options: PruneOptions): Promise<Pruned> {
  checkOptions<PruneOptions>(options, { path: checkText, keepMs: unchecked, clock: checkObject })
  const { path = defaultPath(), keepMs, clock = systemClock } = options
  const untilMs = forgottenUntil(keepMs, clock.nowMs())
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
    if (count < FORGET_BATCH) return all
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
