import type { LedgerFile } from './ledger-file.js'

/** What SQLite finds damaged in a file, in its own words. It reads the whole file. @param max no more are named. */
export function damageOf(file: Pick<LedgerFile, 'prepare'>, max: number): readonly string[] {
  const rows = file.prepare<{ integrity_check: string }>(`PRAGMA integrity_check(${max})`).all()
  return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok')
}
