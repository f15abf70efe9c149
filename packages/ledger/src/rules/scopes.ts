import {
  type Budget,
  type PurchaseOffer,
  type ReservationTerms,
  type SummedQuery,
  TOP_UP_LABEL
} from '@bursar/core'
import { hostOf, normalizeHost } from './host.js'

/** Names a sum that is kept, such as that of everything that is paid, of one host, or of one value of a label. */
export type Scope = string

/**
 * Everything that is paid or billed, and so the largest sum there is. What balances pay for is apart, since it was paid
 * with the top-up.
 */
const ALL: Scope = 'all'
/** Money of test networks is worth nothing: what is paid with it is in no sum of other money. */
const ofTests = (scope: Scope): Scope => `test ${scope}`
/** The largest sum that a purchase counts in. */
export const largestScopeOf = ({ isTest }: Pick<PurchaseOffer, 'isTest'>): Scope =>
  isTest ? ofTests(ALL) : ALL
const BALANCES: Scope = 'balances'
const TOP_UPS: Scope = 'top-ups'
const hostScope = (host: string): Scope => `host ${host}`
const labelScope = (name: string, value: string): Scope => `label ${JSON.stringify([name, value])}`
const labelledScope = (name: string): Scope => `labelled ${JSON.stringify(name)}`
const labelledBalanceScope = (name: string): Scope => `labelled balance ${JSON.stringify(name)}`

type Counted = Pick<ReservationTerms, 'origin' | 'requestedOrigin' | 'labels' | 'offer'>

/**
 * Names every sum that a purchase counts in. What is put on a balance counts with everything and with its host; what the
 * balance then pays for counts with its labels, and nothing counts twice.
 */
export function scopesOf(purchase: Counted): readonly Scope[] {
  const scopes = realScopesOf(purchase)
  return purchase.offer.isTest ? scopes.map(ofTests) : scopes
}

function realScopesOf(purchase: Counted): readonly Scope[] {
  // An empty label counts as no label.
  const labels = Object.entries(purchase.labels).filter(([, value]) => value !== '')
  const ofLabels = labels.map(([name, value]) => labelScope(name, value))
  const names = labels.map(([name]) => name)
  if (purchase.offer.dialect === 'balance') return [BALANCES, ...ofLabels, ...names.map(labelledBalanceScope)]
  // A top-up is taken away from what carries no label as a whole.
  const labelled = isTopUp(purchase) ? [TOP_UPS] : names.map(labelledScope)
  return [ALL, ...hostScopes(purchase), ...ofLabels, ...labelled]
}

function isTopUp({ labels }: Pick<Counted, 'labels'>): boolean {
  return Boolean(labels[TOP_UP_LABEL])
}

/** The host that is paid, and the one that led to it; they may differ in their protocol alone. */
function hostScopes({ origin, requestedOrigin }: Counted): readonly Scope[] {
  const paid = hostScope(hostOf(origin))
  const requested = requestedOrigin === undefined ? paid : hostScope(hostOf(requestedOrigin))
  return requested === paid ? [paid] : [paid, requested]
}

/** The sums of which a budget's usage consists: those that are added, and those that are subtracted. */
export interface BudgetTerms {
  readonly plus: readonly Scope[]
  readonly minus: readonly Scope[]
}

/** The sums of which a budget's usage consists. */
export function termsOf({ isTest, ...budget }: Budget): BudgetTerms {
  const { plus, minus } = realTermsOf(budget)
  return isTest ? { plus: plus.map(ofTests), minus: minus.map(ofTests) } : { plus, minus }
}

function realTermsOf({ host, label }: Budget): BudgetTerms {
  if (label?.value === '') return unlabelledTerms(label.name)
  if (label) return { plus: [labelScope(label.name, label.value)], minus: [] }
  return { plus: [host === undefined ? ALL : hostScope(normalizeHost(host))], minus: [] }
}

/** What does not carry a label. A top-up carries none: it counts once a call is paid from it, with the call's labels. */
function unlabelledTerms(name: string): BudgetTerms {
  return { plus: [ALL, BALANCES], minus: [TOP_UPS, labelledScope(name), labelledBalanceScope(name)] }
}

/** The scopes of all hosts, or of all values of a label, begin with this. */
export function scopePrefix({ by, isTest }: SummedQuery): string {
  const prefix = by === 'host' ? hostScope('') : `label [${JSON.stringify(by.label)},`
  return isTest ? ofTests(prefix) : prefix
}

/** The host or the value of a label that a scope of a prefix is of. */
export function summedName(scope: Scope, { by, isTest }: SummedQuery): string {
  const rest = scope.slice(scopePrefix({ by, isTest }).length)
  return by === 'host' ? rest : String(JSON.parse(rest.slice(0, -1)))
}
