import type { LedgerFile } from './ledger-file.js'

/**
 * What SQLite finds damaged in a file, in its own words, a line each. It reads the whole file.
 *
 * @param max how many it looks for.
 */
export function damageOf(file: Pick<LedgerFile, 'prepare'>, max: number): readonly string[] {
  const rows = file.prepare<{ integrity_check: string }>(`PRAGMA integrity_check(${max})`).all()
  const lines = rows.flatMap((row) => row.integrity_check.split('\n'))
  // The line above others of one database says only which it is.
  return lines.filter((line) => line !== 'ok' && !line.startsWith('***'))
}
