import { chunkOf, endOfChunk } from '../../rules/chunks.js'
import type { Scope } from '../../rules/scopes.js'
import { noSums, type StoredSums, type SumsTables } from '../running-totals.js'
import type { LedgerFile } from './ledger-file.js'

/** More scopes than this are not remembered from one transaction to the next: a label may have a new value each time. */
const MAX_KNOWN = 10_000

/**
 * The tables of sums in a SQLite file. Sums that change often within a transaction are written once, by {@link
 * SqliteSums.flush}.
 */
export class SqliteSums implements SumsTables {
  readonly #statements
  /** As of the running transaction, and after it for as long as nobody else writes. */
  readonly #known = new Map<Scope, StoredSums>()
  readonly #unwritten = new Set<Scope>()
  /** Running totals of this transaction, by moment and scope. */
  readonly #unwrittenTotals = new Map<bigint, Map<Scope, bigint>>()

  constructor(file: LedgerFile) {
    this.#statements = prepareStatements(file)
  }

  readSums(scopes: readonly Scope[]): readonly StoredSums[] {
    return scopes.map((scope) => this.#read(scope))
  }

  writeSums(scope: Scope, sums: StoredSums): void {
    this.#known.set(scope, sums)
    this.#unwritten.add(scope)
  }

  readTotal(scope: Scope, at: bigint): { at: bigint; total: bigint } | undefined {
    for (const unwritten of this.#unwrittenTotals.keys()) if (unwritten <= at) this.#flushTotals()
    const [row] = this.#statements.readTotal.all(scope, at)
    return row
  }

  writeTotal(scope: Scope, at: bigint, total: bigint): void {
    const totals = this.#unwrittenTotals.get(at) ?? new Map<Scope, bigint>()
    this.#unwrittenTotals.set(at, totals.set(scope, total))
  }

  readBase(scope: Scope, chunk: bigint): bigint | undefined {
    const [row] = this.#statements.readBase.all(scope, chunk)
    return row?.base
  }

  writeBase(scope: Scope, chunk: bigint, base: bigint): void {
    this.#statements.writeBase.run([scope, chunk, base])
  }

  grow(scope: Scope, at: bigint, cost: bigint): void {
    this.#flushTotals()
    const chunk = chunkOf(at)
    this.#statements.growTotals.run([cost, scope, at, endOfChunk(chunk)])
    this.#statements.growBases.run([cost, scope, chunk])
  }

  /** Writes the changed sums: purchases that settle together share scopes. */
  flush(): void {
    for (const scope of this.#unwritten) {
      const { held, settled, latestAt, base } = this.#read(scope)
      this.#statements.write.run([scope, held, settled, latestAt, base])
    }
    this.#unwritten.clear()
    this.#flushTotals()
    if (this.#known.size > MAX_KNOWN) this.#known.clear()
  }

  /** Clears the cache: somebody else has written, or this transaction was rolled back. */
  forget(): void {
    this.#known.clear()
    this.#unwritten.clear()
    this.#unwrittenTotals.clear()
  }

  #flushTotals(): void {
    for (const [at, totals] of this.#unwrittenTotals)
      for (const [scope, total] of totals) this.#statements.writeTotal.run([scope, at, total])
    this.#unwrittenTotals.clear()
  }

  #read(scope: Scope): StoredSums {
    const known = this.#known.get(scope)
    if (known) return known
    const [sums = noSums] = this.#statements.read.all(scope)
    this.#known.set(scope, sums)
    return sums
  }
}

function prepareStatements(file: LedgerFile) {
  return {
    read: file.prepare<StoredSums>(
      'SELECT held, settled, latest_at AS latestAt, base FROM sums WHERE scope = ?'
    ),
    write: file.prepare(
      'INSERT INTO sums VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope) DO UPDATE SET held = excluded.held, ' +
        'settled = excluded.settled, latest_at = excluded.latest_at, base = excluded.base'
    ),
    readTotal: file.prepare<{ at: bigint; total: bigint }>(
      'SELECT at, total FROM settled WHERE scope = ? AND at <= ? ORDER BY at DESC LIMIT 1'
    ),
    writeTotal: file.prepare(
      'INSERT INTO settled VALUES (?, ?, ?) ON CONFLICT (scope, at) DO UPDATE SET total = excluded.total'
    ),
    growTotals: file.prepare('UPDATE settled SET total = total + ? WHERE scope = ? AND at > ? AND at < ?'),
    readBase: file.prepare<{ base: bigint }>('SELECT base FROM settled_chunks WHERE scope = ? AND chunk = ?'),
    writeBase: file.prepare('INSERT INTO settled_chunks VALUES (?, ?, ?) ON CONFLICT DO NOTHING'),
    growBases: file.prepare('UPDATE settled_chunks SET base = base + ? WHERE scope = ? AND chunk > ?')
  }
}
