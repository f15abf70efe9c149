import type { HistoryRow } from './paying-proxy.js'

/** What was bought for clients: what is in the record without top-ups, and without what came to nothing. */
export function bought(rows: readonly HistoryRow[]): readonly HistoryRow[] {
  return rows.filter(({ state, labels }) => state !== 'released' && labels['top-up'] === undefined)
}
