import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Clock, checkObject, checkOptions, checkText, systemClock } from '@bursar/core'
import { library } from '#sqlite'
import { unavailableError } from '../../../errors.js'
import { defaultPath } from '../default-path.js'
import { connect } from '../ledger-file.js'
import { markAsCopy } from '../ledger-state.js'
import { reasonFor } from '../sqlite-error.js'
import { assertLedgerFile } from './existing-ledger.js'

/** What is backed up, and where to. */
export interface BackupOptions {
  /** The ledger's file. Default: as `sqliteLedger`. @example { path: './ledger.db' } */
  readonly path?: string
  /** The file that is made. There must be none of that name. @example { to: '/backup/ledger-2026-11-28.db' } */
  readonly to: string
  /** Tells the time. Default: the machine's clock. @example { clock: systemClock } */
  readonly clock?: Pick<Clock, 'nowMs'>
}

/**
 * Copies a ledger whole, as it is at one moment, while any number of processes use it. The copy knows that it is one: put in
 * the place of a ledger, it pays nothing until it was compared with the chain (`auditOf(bursar).reconcile()`), which counts
 * what was paid since.
 *
 * The copy holds the signed bytes of payments that are not over, as the ledger does. Only its owner may read it.
 *
 * @returns the path of the copy.
 * @example
 * ```ts
 * await backupLedger({ to: '/backup/ledger-2026-11-28.db' })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable` when there is no ledger, it is damaged, or the copy cannot be written.
 */
export async function backupLedger(options: BackupOptions): Promise<string> {
  checkOptions<BackupOptions>(options, { path: checkText, to: checkText, clock: checkObject })
  const { path = defaultPath(), to, clock = systemClock } = options
  assertLedgerFile(path)
  const target = resolve(to)
  if (existsSync(target)) throw unavailableError(`a backup is a new file, and there is a ${target}`)
  const part = `${target}.part`
  try {
    // Nobody else may read it, at no moment. SQLite fills an empty file.
    rmSync(part, { force: true })
    closeSync(openSync(part, 'wx', 0o600))
    await copyInto(path, part)
    finish(part, new Date(clock.nowMs()).toISOString())
    renameSync(part, target)
    syncToDisk(dirname(target))
    return target
  } catch (error) {
    rmSync(part, { force: true })
    throw reasonFor(error)
  }
}

/** Beside this thread, where that can be done: a large ledger takes seconds. */
async function copyInto(path: string, part: string): Promise<void> {
  const source = library.connectAside(path, 5_000)
  try {
    await source.copyInto(part)
  } finally {
    await source.close()
  }
}

function finish(part: string, at: string): void {
  const copy = connect(part)
  try {
    // As a ledger is used: to change that later, nobody else may have the file open.
    copy.exec('PRAGMA journal_mode = WAL')
    markAsCopy(copy, `it was restored from a backup of ${at}`)
  } finally {
    copy.close()
  }
  syncToDisk(part)
}

function syncToDisk(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
