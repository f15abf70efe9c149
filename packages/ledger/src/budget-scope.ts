import type { Budget, Purchase } from '@bursar/core'

/** Names the sums that a budget is held against. */
export function scopeOf({ host, label }: Pick<Budget, 'host' | 'label'>): string {
  if (label) return `label ${label.name}=${label.value}`
  return host === undefined ? 'all' : `host ${host}`
}

/** Names every sum that a purchase counts in. */
export function scopesOf({ origin, labels }: Pick<Purchase, 'origin' | 'labels'>): string[] {
  const host = origin.slice(origin.indexOf('//') + 2)
  const ofLabels = Object.entries(labels).map(([name, value]) => scopeOf({ label: { name, value } }))
  return ['all', scopeOf({ host }), ...ofLabels]
}
