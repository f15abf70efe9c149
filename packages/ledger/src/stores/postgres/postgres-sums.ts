import { chunkOf, endOfChunk } from '../../rules/chunks.js'
import type { Scope } from '../../rules/scopes.js'
import type { ScopeQuery } from '../../steps/transaction.js'
import { noSums, type StoredSums, type SumsTables } from '../running-totals.js'
import type { Runner } from './runner.js'

type SumsRow = Record<'scope' | 'held' | 'settled' | 'latest_at' | 'base', string>

/** The tables of sums in PostgreSQL. */
export class PostgresSums implements SumsTables {
  readonly #runner: Runner

  constructor(runner: Runner) {
    this.#runner = runner
  }

  async readSums(scopes: readonly Scope[]): Promise<readonly StoredSums[]> {
    const rows = await this.#runner.rows<SumsRow>(
      'SELECT scope, held, settled, latest_at, base FROM bursar_sums WHERE scope = ANY($1)',
      [scopes]
    )
    const found = new Map(rows.map((row) => [row.scope, row]))
    return scopes.map((scope) => {
      const row = found.get(scope)
      if (!row) return noSums
      const { held, settled, latest_at: latestAt, base } = row
      return { held: BigInt(held), settled: BigInt(settled), latestAt: BigInt(latestAt), base: BigInt(base) }
    })
  }

  async writeSums(scope: Scope, { held, settled, latestAt, base }: StoredSums): Promise<void> {
    await this.#runner.rows(
      `INSERT INTO bursar_sums VALUES ($1, $2, $3, $4, $5) ON CONFLICT (scope) DO UPDATE SET held = excluded.held,
         settled = excluded.settled, latest_at = excluded.latest_at, base = excluded.base`,
      [scope, held, settled, latestAt, base]
    )
  }

  async readTotal(scope: Scope, at: bigint): Promise<{ at: bigint; total: bigint } | undefined> {
    const [row] = await this.#runner.rows<{ at: string; total: string }>(
      'SELECT at, total FROM bursar_settled WHERE scope = $1 AND at <= $2 ORDER BY at DESC LIMIT 1',
      [scope, at]
    )
    return row && { at: BigInt(row.at), total: BigInt(row.total) }
  }

  async writeTotal(scope: Scope, at: bigint, total: bigint): Promise<void> {
    await this.#runner.rows(
      `INSERT INTO bursar_settled VALUES ($1, $2, $3)
         ON CONFLICT (scope, at) DO UPDATE SET total = excluded.total`,
      [scope, at, total]
    )
  }

  async readBase(scope: Scope, chunk: bigint): Promise<bigint | undefined> {
    const [row] = await this.#runner.rows<{ base: string }>(
      'SELECT base FROM bursar_settled_chunks WHERE scope = $1 AND chunk = $2',
      [scope, chunk]
    )
    return row && BigInt(row.base)
  }

  async writeBase(scope: Scope, chunk: bigint, base: bigint): Promise<void> {
    await this.#runner.rows('INSERT INTO bursar_settled_chunks VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      scope,
      chunk,
      base
    ])
  }

  async listScopes({ prefix, afterMs, limit }: ScopeQuery): Promise<readonly Scope[]> {
    const rows = await this.#runner.rows<Pick<SumsRow, 'scope'>>(
      `SELECT scope FROM bursar_sums WHERE left(scope, length($1)) = $1 AND latest_at > $2
         ORDER BY settled DESC, scope COLLATE "C" LIMIT $3`,
      [prefix, Math.floor(afterMs), limit]
    )
    return rows.map(({ scope }) => scope)
  }

  async grow(scope: Scope, at: bigint, cost: bigint): Promise<void> {
    const chunk = chunkOf(at)
    await this.#runner.rows(
      'UPDATE bursar_settled SET total = total + $1 WHERE scope = $2 AND at > $3 AND at < $4',
      [cost, scope, at, endOfChunk(chunk)]
    )
    await this.#runner.rows(
      'UPDATE bursar_settled_chunks SET base = base + $1 WHERE scope = $2 AND chunk > $3',
      [cost, scope, chunk]
    )
  }
}
