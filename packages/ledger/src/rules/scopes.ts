import type { Budget, ReservationTerms } from '@bursar/core'
import { hostOf, normalizeHost } from './host.js'

/** Names a sum that is kept: everything, one host, one value of a label, or every value of a label. */
export type Scope = string

const ALL: Scope = 'all'
const hostScope = (host: string): Scope => `host ${host}`
const labelScope = (name: string, value: string): Scope => `label ${JSON.stringify([name, value])}`
const labelledScope = (name: string): Scope => `labelled ${JSON.stringify(name)}`

/** Names every sum that a purchase counts in. */
export function scopesOf(
  purchase: Pick<ReservationTerms, 'origin' | 'requestedOrigin' | 'labels'>
): readonly Scope[] {
  const scopes = new Set([ALL, hostScope(hostOf(purchase.origin))])
  if (purchase.requestedOrigin !== undefined) scopes.add(hostScope(hostOf(purchase.requestedOrigin)))
  for (const [name, value] of Object.entries(purchase.labels)) {
    // A label that says nothing is as good as none.
    if (value === '') continue
    scopes.add(labelScope(name, value))
    scopes.add(labelledScope(name))
  }
  return [...scopes]
}

/** The sums that a budget is checked against: the first, less the second where there is one. */
export function termsOf({ host, label }: Budget): { readonly of: Scope; readonly less?: Scope } {
  if (label?.value === '') return { of: ALL, less: labelledScope(label.name) }
  if (label) return { of: labelScope(label.name, label.value) }
  return { of: host === undefined ? ALL : hostScope(normalizeHost(host)) }
}
