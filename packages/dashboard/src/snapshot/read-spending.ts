import { atomicUsdc, type Budget, formatUsdc, type Ledger, shortText } from '@bursar/core'
import { DAY_MS, daysOf, dayText, type Period } from './period.js'
import type { Share, Spending } from './snapshot.js'

/** How many hosts, models and agents are asked for. */
const MAX_SHARES = 50

/** Whose sums are read, and when it is now. */
export interface SpendingQuery {
  readonly ledger: Pick<Ledger, 'usage' | 'summed'>
  readonly period: Period
  /** By the clock of the ledger. Unix milliseconds. */
  readonly nowMs: number
  readonly isTest?: true
}

/** Whose spending is asked for: of all, of a host, or of a label. */
type Of = Pick<Budget, 'host' | 'label'>

/**
 * Reads what was spent within a period from the sums that are kept for limits. It takes no longer with a million purchases,
 * and counts what settled at the time from which limits count it.
 */
export async function readSpending(query: SpendingQuery): Promise<Spending> {
  const { period } = query
  const days = daysOf(period)
  const [[total = 0n], held, byDay, models, agents, hosts] = await Promise.all([
    settledOf(query, [{}]),
    heldOf(query),
    settledByDay(query, days),
    sharesOf(query, { label: 'model' }),
    sharesOf(query, { label: 'agent' }),
    sharesOf(query, 'host')
  ])
  return {
    total: textOf(total),
    held: textOf(held),
    days: days.map((day, index) => ({ name: dayText(day), amount: textOf(byDay[index] ?? 0n) })),
    models,
    agents,
    hosts
  }
}

/** What settled on each day: what counted since its beginning, less what counted since the next one's. */
async function settledByDay(query: SpendingQuery, days: readonly number[]): Promise<readonly bigint[]> {
  const { ledger, period, isTest } = query
  const bounds = [...days.map((day) => Math.max(day, period.fromMs)), period.untilMs]
  const usages = await ledger.usage(
    bounds.map((atMs) => ({ ...nameless, isTest, windowMs: windowSince(atMs, query) }))
  )
  return days.map((_, index) => atLeastZero((usages[index]?.used ?? 0n) - (usages[index + 1]?.used ?? 0n)))
}

async function sharesOf(
  query: SpendingQuery,
  by: 'host' | { readonly label: string }
): Promise<readonly Share[]> {
  const { ledger, isTest, period } = query
  const names = (await ledger.summed({ by, afterMs: period.fromMs - 1, isTest })).slice(0, MAX_SHARES)
  // An empty value stands for the purchases that do not carry the label.
  const asked = by === 'host' ? names : [...names, '']
  const budgets = asked.map((name) =>
    by === 'host' ? { host: name } : { label: { name: by.label, value: name } }
  )
  const amounts = await settledOf(query, budgets)
  return asked
    .map((name, index) => ({ name: shortText(name, 120) ?? '', amount: amounts[index] ?? 0n }))
    .filter(({ amount }) => amount > 0n)
    .sort((a, b) => (a.amount > b.amount ? -1 : 1))
    .map(({ name, amount }) => ({ name, amount: textOf(amount) }))
}

/** What settled within the period: what counted since its beginning, less what counted since its end. */
async function settledOf(query: SpendingQuery, of: readonly Of[]): Promise<readonly bigint[]> {
  const { ledger, period, isTest } = query
  const since = (atMs: number): readonly Budget[] =>
    of.map((each) => ({ ...each, ...nameless, isTest, windowMs: windowSince(atMs, query) }))
  const usages = await ledger.usage([...since(period.fromMs), ...since(period.untilMs)])
  const used = usages.map((usage) => usage.used)
  return of.map((_, index) => atLeastZero((used[index] ?? 0n) - (used[index + of.length] ?? 0n)))
}

/** The window that begins at a time, which is part of it. A payment may count from a time that is yet to come. */
function windowSince(atMs: number, { nowMs }: Pick<SpendingQuery, 'nowMs'>): number {
  return atMs < nowMs ? nowMs - atMs + 1 : HELD_ALONE_MS
}

/** A window that begins long after now: nothing has settled in it, and what is held is in every usage. */
const HELD_ALONE_MS = -100 * 365 * DAY_MS

async function heldOf({ ledger, isTest }: SpendingQuery): Promise<bigint> {
  const [usage] = await ledger.usage([{ ...nameless, isTest, windowMs: HELD_ALONE_MS }])
  return usage?.used ?? 0n
}

/** The parts of a budget that only a reservation needs. */
const nameless = { name: '', limit: atomicUsdc(0n) }

function atLeastZero(amount: bigint): bigint {
  return amount > 0n ? amount : 0n
}

function textOf(amount: bigint): string {
  return formatUsdc(atomicUsdc(amount))
}
