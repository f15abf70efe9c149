import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchClient, durableClient } from './clients.js'
import { benchLongHistory } from './long-history.js'
import { type Batch, median, runBatch } from './measure.js'
import type { BenchRow } from './row.js'
import { startServer } from './start-server.js'

export const ROWS = 1_000_000
const WARM_UP_CALLS = 2_000
const CONCURRENCY = 16

/** Payments into a ledger of a million purchases, beside those into one that begins empty, in turns. */
export async function benchManyRows(quick: boolean): Promise<BenchRow[]> {
  const server = await startServer()
  const folder = mkdtempSync(join(tmpdir(), 'bursar-bench-'))
  const path = join(folder, 'full.db')
  const url = `${server.origin}/base`
  try {
    await payOnce(path, url)
    fill(path)
    const clients = [durableClient(path), durableClient(join(folder, 'empty.db'))]
    for (const client of clients) await runBatch(client, url, CONCURRENCY, WARM_UP_CALLS)
    const batches: [full: Batch[], empty: Batch[]] = [[], []]
    for (let round = 0; round < (quick ? 7 : 21); round++)
      for (const [index, client] of clients.entries())
        batches[index]?.push(await runBatch(client, url, CONCURRENCY, 300))
    for (const client of clients) await client.close?.()
    return [
      rowOf(batches, 'callsPerSecond', 'calls/s'),
      rowOf(batches, 'cpuMicrosPerCall', 'us'),
      ...(await benchLongHistory(path, ROWS, quick))
    ]
  } finally {
    server.stop()
    rmSync(folder, { recursive: true })
  }
}

function rowOf([full, empty]: readonly Batch[][], figure: keyof Batch, unit: string): BenchRow {
  const of = (batches: readonly Batch[] = []): number => median(batches.map((batch) => batch[figure]))
  const [ours, theirs] = [of(full), of(empty)]
  return {
    bench: `ledger/${ROWS} rows/c${CONCURRENCY}`,
    unit,
    peer: 'an empty ledger',
    ours,
    theirs,
    ratio: ours / theirs
  }
}

/** Makes the file, with one purchase to be copied. */
export async function payOnce(path: string, url: string): Promise<void> {
  const client: BenchClient = durableClient(path)
  await client.call(url)
  await client.close?.()
}

interface Sqlite {
  exec(sql: string): void
  close(): void
}

/** Copies the newest purchase a million times, one for every two seconds before it, with the sums that such a past leaves. */
export function fill(path: string): void {
  const fromLedger = createRequire(new URL('../../packages/ledger/package.json', import.meta.url))
  const Database = fromLedger('libsql') as new (path: string) => Sqlite
  const file = new Database(path)
  // A chunk of running totals is 2^24 milliseconds.
  file.exec(`
    BEGIN;
    CREATE TEMP TABLE past AS
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
      SELECT i, (SELECT reserved_at FROM purchases) - (${ROWS} - i + 1) * 2000 AS at FROM n;
    UPDATE purchases SET seq = ${ROWS + 1};
    INSERT INTO purchases (seq, id, fingerprint, host, path, network, cost, state, call, session, reserved_at, facts)
      SELECT i, printf('p%012x%020x', at, i), fingerprint || i, host, path, network, cost, state, call, session, at, facts
      FROM past, (SELECT * FROM purchases WHERE seq = ${ROWS + 1}) AS newest ORDER BY i;
    INSERT INTO settled
      SELECT scope, at, sum(10000) OVER (PARTITION BY scope, at >> 24 ORDER BY at) FROM past, sums ORDER BY scope, at;
    INSERT INTO settled_chunks
      SELECT scope, at >> 24, (min(i) - 1) * 10000 FROM past, sums GROUP BY scope, at >> 24
      ON CONFLICT (scope, chunk) DO NOTHING;
    UPDATE sums SET settled = settled + ${ROWS} * 10000;
    COMMIT;`)
  file.close()
}
