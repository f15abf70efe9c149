import { existsSync } from 'node:fs'
import type { Clock, LedgerCallOptions, Purchase, PurchaseEvent } from '@bursar/core'
import { unavailableError } from '../../errors.js'
import { clockNumber } from '../../session/clock-number.js'
import { LedgerSession } from '../../session/ledger-session.js'
import { type Share, SharedSessions } from '../../session/shared-sessions.js'
import { SharedStore } from '../../session/shared-store.js'
import { whoWrites } from '../../session/who.js'
import type { Step } from '../../steps/step.js'
import type { WriteOptions } from '../../steps/store.js'
import type { Transaction } from '../../steps/transaction.js'
import type { Durability } from './commit-queue.js'
import { fileId } from './file-identity.js'
import { createPrivately } from './ledger-file.js'
import { markPath, readMark } from './ledger-mark.js'
import { SqliteDriver } from './sqlite-driver.js'
import { reasonFor } from './sqlite-error.js'

/** How a file is opened. */
export interface SqliteStoreOptions {
  readonly path: string
  readonly durability: Durability
  readonly clock: Clock
}

const sessions = new SharedSessions<LedgerSession>()

/** Keeps purchases in a SQLite file. All ledgers of this process on one file share one session. */
export class SqliteStore extends SharedStore {
  readonly #isDurable: boolean

  /** @throws {BursarError} `ledger/unavailable` when the file cannot be opened. */
  constructor(options: SqliteStoreOptions) {
    super(whoWrites(), shareOf(options))
    this.#isDurable = options.durability === 'full'
  }

  override async write<Value>(
    step: (store: Transaction) => Step<Value>,
    options: WriteOptions = {}
  ): Promise<Value> {
    return super.write(step, { ...options, isDurable: this.#isDurable && options.isDurable === true })
  }

  override async record(
    id: string,
    event: PurchaseEvent,
    options: LedgerCallOptions = {}
  ): Promise<Purchase> {
    return super.record(id, event, { ...options, isDurable: this.#isDurable })
  }
}

/** @throws {BursarError} `ledger/unavailable` */
function shareOf(options: SqliteStoreOptions): Share<LedgerSession> {
  try {
    return openShare(options)
  } catch (error) {
    throw reasonFor(error)
  }
}

function openShare({ path, clock }: SqliteStoreOptions): Share<LedgerSession> {
  const mark = readMark(path)
  if (mark && !existsSync(path)) {
    const beside = markPath(path)
    const fix = `put a backup in its place, or remove ${beside} to begin anew`
    throw unavailableError(`its file is gone, and ${beside} says that there was one: ${fix}`)
  }
  createPrivately(path)
  const place = { path, mark, clock }
  const open = (): LedgerSession => new LedgerSession(clock, (hooks) => new SqliteDriver(place, hooks))
  return sessions.share(`${fileId(path)} ${clockNumber(clock)}`, open)
}
