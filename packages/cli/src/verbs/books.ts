import { csvLines, jsonLines, type TotalsBy, totals } from '@bursar/audit'
import { formatUsdc, type HistoryQuery, type Ledger, type Purchase } from '@bursar/core'
import { nothing, openAccounts } from '../accounts.js'
import type { Io } from '../io.js'
import { networkName } from '../network-name.js'
import { short, table } from '../table.js'

/** What history and totals are asked. */
export interface HistoryOptions {
  /** Days back. */
  readonly days?: string
  readonly host?: string
  readonly label?: readonly string[]
  readonly json?: boolean
  readonly csv?: boolean
}

const DAY_MS = 86_400_000

/** Lists what was bought, newest first. */
export async function history(io: Io, options: HistoryOptions): Promise<void> {
  await withLedger(io, async (ledger) => {
    const purchases = ledger.history(queryOf(options))
    if (options.json || options.csv) {
      for await (const line of options.csv ? csvLines(purchases) : jsonLines(purchases)) io.out(line)
      return
    }
    const rows: string[][] = []
    for await (const purchase of purchases) rows.push(rowOf(purchase))
    io.out(rows.length === 0 ? 'Nothing was bought.\n' : table(rows))
  })
}

/** Adds up what was spent. */
export async function showTotals(
  io: Io,
  { by = 'day', json, ...options }: HistoryOptions & { readonly by?: string }
): Promise<void> {
  await withLedger(io, async (ledger) => {
    const sums = await totals(ledger.history(queryOf(options)), readBy(by))
    const rows = sums.map(({ key, settled, spent, outstanding }) => ({
      key,
      settled,
      spent: formatUsdc(spent),
      outstanding: formatUsdc(outstanding)
    }))
    if (json) return io.out(`${JSON.stringify(rows)}\n`)
    const cells = rows.map(({ key, settled, spent, outstanding }) => [
      key || '-',
      `${spent} USDC`,
      `${settled} paid`,
      outstanding === '0' ? '' : `${outstanding} still out`
    ])
    io.out(cells.length === 0 ? 'Nothing was bought.\n' : table(cells))
  })
}

/** Lists every payment that could still settle. */
export async function outstanding(io: Io, { json }: { readonly json?: boolean }): Promise<void> {
  await withLedger(io, async (ledger) => {
    const open = await ledger.outstanding()
    if (json) {
      for await (const line of jsonLines(each(open))) io.out(line)
      return
    }
    io.out(
      open.length === 0
        ? 'Nothing is out.\n'
        : table(open.map((each) => [each.id, ...rowOf(each).slice(1, 4)]))
    )
  })
}

/** Asks the chain what became of everything that is unresolved. */
export async function recover(io: Io, { json }: { readonly json?: boolean }): Promise<void> {
  const bursar = await openAccounts(io, nothing)
  try {
    const found = await bursar.recover()
    if (json)
      return io.out(
        `${JSON.stringify(found.map(({ purchase, outcome, knownAtMs }) => ({ purchase: purchase.id, outcome, knownAtMs: knownAtMs ?? null })))}\n`
      )
    const rows = found.map(({ purchase, outcome, knownAtMs }) => [
      ...rowOf(purchase).slice(0, 3),
      knownAtMs === undefined ? outcome : `${outcome}, known at ${new Date(knownAtMs).toISOString()}`
    ])
    io.out(rows.length === 0 ? 'Nothing is unresolved.\n' : table(rows))
  } finally {
    await bursar.close()
  }
}

/** Stops every payment of every process on this ledger, or lets them go on. */
export async function freeze(io: Io, reason: string | undefined): Promise<void> {
  await withLedger(io, async (ledger) => {
    await ledger.freeze(reason)
    io.tell(reason === undefined ? 'Payments go on.\n' : 'Nothing is paid until bursar thaw.\n')
  })
}

async function withLedger(io: Io, use: (ledger: Ledger) => Promise<void>): Promise<void> {
  const { defaultPath, sqliteLedger } = await import('@bursar/ledger/sqlite')
  const ledger = sqliteLedger({ path: defaultPath(io.env) })
  try {
    await use(ledger)
  } finally {
    await ledger.close()
  }
}

/** @throws {TypeError} */
function queryOf({ days, host, label = [] }: HistoryOptions): HistoryQuery {
  if (days !== undefined && !(Number(days) > 0)) throw new TypeError('--days wants a number above zero')
  const labels = Object.fromEntries(label.map((each) => splitOnce(each)))
  return {
    ...(days === undefined ? {} : { fromMs: Date.now() - Number(days) * DAY_MS }),
    ...(host === undefined ? {} : { host }),
    ...(label.length === 0 ? {} : { labels })
  }
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new TypeError('--label wants name=value')
  return [text.slice(0, at), text.slice(at + 1)]
}

function readBy(by: string): TotalsBy {
  if (by === 'day' || by === 'host' || by === 'network') return by
  if (by.startsWith('label:')) return { label: by.slice('label:'.length) }
  throw new TypeError('--by is day, host, network or label:NAME')
}

/** As wide as a terminal of 80 columns; the rest is for `--json`. */
function rowOf({ reservedAtMs, origin, path, offer, state, call }: Purchase): string[] {
  return [
    `${new Date(reservedAtMs).toISOString().slice(5, 16).replace('T', ' ')}Z`,
    `${formatUsdc(offer.cost)} USDC`,
    networkName(offer.network),
    call === 'failed' && state === 'settled' ? 'undelivered' : state,
    short(`${origin.slice(origin.indexOf('//') + 2)}${path}`, 34)
  ]
}

async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item, void, undefined> {
  yield* items
}
