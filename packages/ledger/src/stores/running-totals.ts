import type { ScopeUsage, UsageQuery } from '../rules/budgets.js'
import { chunkOf } from '../rules/chunks.js'
import type { Scope } from '../rules/scopes.js'
import type { ScopeSums, SumsMove } from '../rules/sums.js'
import { type Answer, ask, type Step } from '../steps/step.js'

/** The sums of a scope, and where its newest running total is. */
export interface StoredSums extends ScopeSums {
  /** The newest time at which something settled. Unix milliseconds; 0 when nothing did. */
  readonly latestAt: bigint
  /** What had settled before the chunk of that time. */
  readonly base: bigint
}

/** A scope in which nothing was bought yet. */
export const noSums: StoredSums = { held: 0n, settled: 0n, latestAt: 0n, base: 0n }

/** The sums in a store with tables. Times are Unix milliseconds. */
export interface SumsTables {
  /** In the order of the scopes. */
  readSums(scopes: readonly Scope[]): Answer<readonly StoredSums[]>
  writeSums(scope: Scope, sums: StoredSums): Answer<void>
  /** The newest running total within its chunk, at a time or before. */
  readTotal(scope: Scope, at: bigint): Answer<{ readonly at: bigint; readonly total: bigint } | undefined>
  writeTotal(scope: Scope, at: bigint, total: bigint): Answer<void>
  readBase(scope: Scope, chunk: bigint): Answer<bigint | undefined>
  /** Notes what had settled before a chunk, unless that is noted. */
  writeBase(scope: Scope, chunk: bigint, base: bigint): Answer<void>
  /** Adds a cost to every total after a time in its chunk, and to the bases of later chunks. */
  grow(scope: Scope, at: bigint, cost: bigint): Answer<void>
}

/**
 * Says what each sum is within its window, which ends now. Each scope keeps its running total at every moment at which it
 * grew, so that any window is two look-ups, with a million payments as with none.
 */
export function* readUsage(
  tables: SumsTables,
  queries: readonly UsageQuery[],
  nowMs: number
): Step<readonly ScopeUsage[]> {
  const scopes = [...new Set(queries.map(({ scope }) => scope))]
  const sums = yield* ask(tables.readSums(scopes))
  const usages: ScopeUsage[] = []
  for (const { scope, windowMs } of queries) {
    const { held, settled, latestAt } = sums[scopes.indexOf(scope)] ?? noSums
    const from = windowMs === undefined ? undefined : BigInt(nowMs - windowMs)
    if (from === undefined) usages.push({ held, settled })
    else if (from >= latestAt) usages.push({ held, settled: 0n })
    else usages.push({ held, settled: settled - (yield* totalAt(tables, scope, from)) })
  }
  return usages
}

/** Moves the sums of scopes. */
export function* moveSums(tables: SumsTables, scopes: readonly Scope[], move: SumsMove): Step<void> {
  const before = yield* ask(tables.readSums(scopes))
  for (const [index, scope] of scopes.entries()) {
    const sums = before[index] ?? noSums
    const after = { ...sums, held: sums.held + move.held, settled: sums.settled + move.settled }
    yield* ask(
      tables.writeSums(
        scope,
        move.settled === 0n
          ? after
          : yield* addSettled(tables, { scope, after, settled: move.settled, at: timeOf(move, sums) })
      )
    )
  }
}

/** A clock that was set back must not hide earlier spending. */
function timeOf({ countedAtMs, hasExactTime }: SumsMove, { latestAt }: StoredSums): bigint {
  return hasExactTime || countedAtMs > latestAt ? BigInt(countedAtMs) : latestAt
}

interface Settled {
  readonly scope: Scope
  /** The sums of the scope, with what settled. */
  readonly after: StoredSums
  readonly settled: bigint
  readonly at: bigint
}

function* addSettled(tables: SumsTables, { scope, after, settled, at }: Settled): Step<StoredSums> {
  if (at < after.latestAt) return yield* insertSettled(tables, { scope, after, settled, at })
  const isNewChunk = after.latestAt === 0n || chunkOf(at) !== chunkOf(after.latestAt)
  const base = isNewChunk ? after.settled - settled : after.base
  if (isNewChunk) yield* ask(tables.writeBase(scope, chunkOf(at), base))
  yield* ask(tables.writeTotal(scope, at, after.settled - base))
  return { ...after, latestAt: at, base }
}

/** Enters a settlement that is older than the newest one. */
function* insertSettled(tables: SumsTables, { scope, after, settled, at }: Settled): Step<StoredSums> {
  const chunk = chunkOf(at)
  const before = yield* totalAt(tables, scope, at)
  const base = (yield* ask(tables.readBase(scope, chunk))) ?? before
  yield* ask(tables.writeBase(scope, chunk, base))
  yield* ask(tables.writeTotal(scope, at, before - base + settled))
  yield* ask(tables.grow(scope, at, settled))
  return chunk === chunkOf(after.latestAt) ? after : { ...after, base: after.base + settled }
}

/** Everything that had settled by a time. */
function* totalAt(tables: SumsTables, scope: Scope, at: bigint): Step<bigint> {
  const row = yield* ask(tables.readTotal(scope, at))
  if (!row) return 0n
  return row.total + ((yield* ask(tables.readBase(scope, chunkOf(row.at)))) ?? 0n)
}
