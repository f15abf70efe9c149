import { bytesOf, checkOptions, checkText, type Purchase } from '@bursar/core'
import { isOutstandingPayment } from '../../../rules/questions.js'
import { type Scope, scopesOf } from '../../../rules/scopes.js'
import { moveOf } from '../../../rules/sums.js'
import { decodePurchase, type StoredPurchase } from '../../stored-purchase.js'
import { damageOf } from '../damage-of.js'
import { defaultPath } from '../default-path.js'
import { type LedgerFile, rollBack } from '../ledger-file.js'
import { reasonFor } from '../sqlite-error.js'
import { SELECT_ROW } from '../statements.js'
import { openExisting } from './existing-ledger.js'

/** What is checked. */
export interface CheckOptions {
  /** The ledger's file. Default: as `sqliteLedger`. @example { path: './ledger.db' } */
  readonly path?: string
}

/** What was found. */
export interface LedgerCheck {
  readonly purchases: number
  /** What is wrong, for people. Empty: nothing is. */
  readonly problems: readonly string[]
}

/** No more are named. */
const MAX_PROBLEMS = 20

/**
 * Checks a ledger's file, as it is at one moment: SQLite's own check of it, and whether its parts agree. Each purchase is what
 * its columns say; what can still settle has its signed bytes; and every sum that limits are held against is at least what the
 * purchases come to, and exactly that for what is held. Reads everything, and writes nothing.
 *
 * @example
 * ```ts
 * const { problems } = checkLedger({ path: './ledger.db' })
 * ```
 * @throws {TypeError} when an option is unknown or malformed.
 * @throws {BursarError} `ledger/unavailable` when there is no ledger, or it cannot be read at all.
 */
export function checkLedger(options: CheckOptions = {}): LedgerCheck {
  checkOptions<CheckOptions>(options, { path: checkText })
  const { path = defaultPath() } = options
  try {
    const file = openExisting(path)
    try {
      file.exec('BEGIN')
      const damage = damageOf(file, MAX_PROBLEMS)
      if (damage.length > 0) return { purchases: 0, problems: damage }
      const found = readAll(file)
      return { purchases: found.purchases, problems: [...found.problems, ...sumProblems(file, found)] }
    } finally {
      rollBack(file)
      file.close()
    }
  } catch (error) {
    throw reasonFor(error)
  }
}

/** What the purchases of a scope come to. */
interface Counted {
  readonly held: bigint
  readonly settled: bigint
}

interface AllRows {
  readonly purchases: number
  readonly problems: readonly string[]
  readonly counted: ReadonlyMap<Scope, Counted>
}

function readAll(file: LedgerFile): AllRows {
  const problems: string[] = []
  const counted = new Map<Scope, Counted>()
  let [purchases, last] = [0, 0n]
  for (;;) {
    const rows = readPage(file, last)
    if (rows.length === 0) return { purchases, problems, counted }
    for (const row of rows) {
      last = row.seq
      purchases++
      const purchase = decodePurchase(row)
      count(counted, purchase)
      const problem = problems.length < MAX_PROBLEMS ? problemOf(row, purchase) : undefined
      if (problem) problems.push(`purchase ${purchase.id}: ${problem}`)
    }
  }
}

interface CheckedRow extends StoredPurchase {
  readonly seq: bigint
  readonly id: string
  readonly state: string
  readonly call: string
}

const PAGE = 1_000

function readPage(file: LedgerFile, after: bigint): readonly CheckedRow[] {
  const select = SELECT_ROW.replace('SELECT ', 'SELECT id, state, call, ')
  const page = file.prepare<CheckedRow>(
    `${select} WHERE purchases.seq > ? ORDER BY purchases.seq LIMIT ${PAGE}`
  )
  return page.all(after)
}

function problemOf(row: CheckedRow, purchase: Purchase): string | undefined {
  const { id, state, call } = purchase
  if (row.id !== id || row.state !== state || row.call !== call) return 'its columns and its facts differ'
  if (isOutstandingPayment(purchase) && bytesOf(purchase) === undefined) return 'its signed bytes are missing'
  return undefined
}

function count(counted: Map<Scope, Counted>, purchase: Purchase): void {
  const move = moveOf(undefined, purchase)
  if (!move) return
  for (const scope of scopesOf(purchase)) {
    const sums = counted.get(scope) ?? { held: 0n, settled: 0n }
    counted.set(scope, { held: sums.held + move.held, settled: sums.settled + move.settled })
  }
}

/** Purchases that were forgotten are in the sums still. */
function sumProblems(file: LedgerFile, { counted }: AllRows): readonly string[] {
  const stored = file
    .prepare<
      Counted & {
        scope: Scope
      }
    >('SELECT scope, held, settled FROM sums')
    .all()
  const sums = new Map(stored.map(({ scope, ...rest }) => [scope, rest]))
  const scopes = new Set([...counted.keys(), ...sums.keys()])
  return [...scopes].flatMap((scope) => {
    const { held, settled } = sums.get(scope) ?? { held: 0n, settled: 0n }
    const rows = counted.get(scope) ?? { held: 0n, settled: 0n }
    if (held !== rows.held) return [`${scope}: ${held} is held, and its purchases hold ${rows.held}`]
    if (settled < rows.settled)
      return [`${scope}: ${settled} was spent, and its purchases spent ${rows.settled}`]
    return []
  })
}
