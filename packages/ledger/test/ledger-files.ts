import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, type Ledger, systemClock } from '@bursar/core'
import Database from 'libsql'
import { onTestFinished } from 'vitest'
import { sqliteLedger } from '../src/sqlite.js'

/** A path in a folder of its own, where there is no ledger yet. */
export function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-ledger-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'ledger.db')
}

/** A ledger that is closed when its test ends. */
export function openLedger(path: string, clock?: Clock): Ledger {
  const ledger = sqliteLedger(clock ? { path, clock } : { path })
  onTestFinished(() => ledger.close())
  return ledger
}

/** The machine's clock, set ahead. Ledgers that go by different clocks share no session, as if in two processes. */
export function clockAhead(aheadMs = 0): Clock & { aheadMs: number } {
  const clock = { ...systemClock, aheadMs, nowMs: () => Date.now() + clock.aheadMs }
  return clock
}

/** Changes the file as another program would. */
export function change(path: string, sql: string): void {
  const file = new Database(path)
  file.exec(sql)
  file.close()
}

/** Holds the file locked, as another program does, until it is let go. */
export function lockFile(path: string): () => void {
  const holder = new Database(path)
  holder.exec('BEGIN IMMEDIATE')
  let isHeld = true
  const free = (): void => {
    if (isHeld) holder.exec('ROLLBACK')
    if (isHeld) holder.close()
    isHeld = false
  }
  onTestFinished(free)
  return free
}
