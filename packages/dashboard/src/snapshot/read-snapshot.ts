import {
  bursarErrorOf,
  type Clock,
  type Job,
  type Ledger,
  type Purchase,
  shortText,
  systemClock
} from '@bursar/core'
import { lastDays, type Period } from './period.js'
import { purchaseRow } from './purchase-row.js'
import { readLimits, type ShownLimits } from './read-limits.js'
import { readSpending } from './read-spending.js'
import { type FilesOf, picturesOf } from './saved-file.js'
import type { JobRow, LimitRows, Listed, PurchaseRow, Snapshot, Spending } from './snapshot.js'

/** How many purchases and jobs are listed. */
const MAX_RECENT = 20
const MAX_OPEN = 50
const MAX_JOBS = 24

/** What a snapshot is read from. */
export interface SnapshotSource {
  /**
   * The record that is shown.
   *
   * @example { ledger: sqliteLedger() }
   */
  readonly ledger: Ledger
  /**
   * Returns the limits that hold now. Default: none are shown.
   *
   * @example { limits: () => ({ payment: '0.25', day: '5.00' }) }
   */
  readonly limits?: (() => ShownLimits | undefined) | undefined
  /**
   * Finds the files that a job was saved to. Default: none are known.
   *
   * @example { files: async (job) => savedFiles.get(job) ?? [] }
   */
  readonly files?: FilesOf | undefined
  /**
   * Names of networks that are read at an endpoint on this machine: a local chain may stand in for them there. Default: none.
   *
   * @example { local: ['Base'] }
   */
  readonly local?: readonly string[] | undefined
  /**
   * From when to when, in Unix milliseconds. Default: the last thirty days.
   *
   * @example { period: { fromMs: Date.UTC(2026, 10, 1) } }
   */
  readonly period?: Partial<Period> | undefined
  /**
   * Tells the time. Default: the machine's clock.
   *
   * @example { clock: { nowMs: () => Date.UTC(2026, 10, 1) } }
   */
  readonly clock?: Pick<Clock, 'nowMs'> | undefined
}

/**
 * Reads everything that the page shows. Sums come from what the ledger keeps for limits, and lists are cut to their newest
 * rows, so that it takes no longer with a million purchases.
 *
 * @throws {BursarError} `ledger/unavailable`
 */
export async function readSnapshot({
  ledger,
  limits,
  files = noFiles,
  local = [],
  period,
  clock = systemClock
}: SnapshotSource): Promise<Snapshot> {
  const nowMs = clock.nowMs()
  const whole = { ...lastDays(nowMs), ...period }
  const query = { ledger, period: whole, nowMs }
  const [status, spending, ofTests, open, undelivered, jobs, recent] = await Promise.all([
    ledger.status(),
    readSpending(query),
    readSpending({ ...query, isTest: true }),
    ledger.outstanding(),
    ledger.undelivered(),
    firstOf(ledger.jobs(), MAX_JOBS),
    firstOf(ledger.history(period && whole), MAX_RECENT)
  ])
  const rowOf = (purchase: Purchase): PurchaseRow => purchaseRow(purchase, nowMs)
  return {
    takenAtMs: nowMs,
    period: whole,
    frozen: frozenOf(status.frozen),
    restored: status.restored ? lineOf(status.restored.reason) : null,
    spending,
    testSpending: isNothing(ofTests) ? null : ofTests,
    limits: await limitRows(ledger, limits),
    testLimits: isNothing(ofTests) ? null : await limitRows(ledger, limits, true),
    local: local.map(lineOf),
    outstanding: listed(open, rowOf),
    undelivered: listed(undelivered, rowOf),
    jobs: await Promise.all(jobs.map((job) => jobRow(job, files))),
    recent: recent.map(rowOf)
  }
}

/** Limits are read from a file, which can be damaged. */
async function limitRows(
  ledger: Ledger,
  limits: SnapshotSource['limits'],
  isTest?: true
): Promise<LimitRows> {
  try {
    return { rows: await readLimits(ledger, limits?.() ?? {}, isTest), problem: '' }
  } catch (error) {
    if (bursarErrorOf(error, 'ledger/unavailable')) throw error
    return { rows: [], problem: lineOf(error instanceof Error ? error.message : 'They cannot be read') }
  }
}

const noFiles: FilesOf = async () => []

async function jobRow({ job, origin, labels, notedAtMs }: Job, files: FilesOf): Promise<JobRow> {
  const images = picturesOf(await files(job)).map(({ index, name }) => ({
    name: lineOf(name),
    href: `files?${new URLSearchParams({ job, index: String(index) })}`
  }))
  const host = lineOf(origin.slice(origin.indexOf('//') + 2))
  return { job: lineOf(job), host, model: lineOf(labels.model), atMs: notedAtMs, images }
}

/** In the order of the ledger: what is in flight, oldest first; what was not answered, newest first. */
function listed<Item, Row>(items: readonly Item[], rowOf: (item: Item) => Row): Listed<Row> {
  return { rows: items.slice(0, MAX_OPEN).map(rowOf), count: items.length }
}

function frozenOf(frozen: Awaited<ReturnType<Ledger['status']>>['frozen']): Snapshot['frozen'] {
  if (!frozen) return null
  const { reason, by, sinceMs } = frozen
  return { reason: lineOf(reason), by: lineOf(by), sinceMs }
}

function isNothing({ days, held, hosts }: Spending): boolean {
  return hosts.length === 0 && held === '0' && days.every(({ amount }) => amount === '0')
}

async function firstOf<Item>(items: AsyncIterable<Item>, count: number): Promise<readonly Item[]> {
  const found: Item[] = []
  for await (const item of items) {
    found.push(item)
    if (found.length === count) break
  }
  return found
}

function lineOf(text: string | undefined): string {
  return shortText(text, 200) ?? ''
}
