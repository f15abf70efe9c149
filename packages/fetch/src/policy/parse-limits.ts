import { type AtomicUsdc, type Budget, parseUsdc } from '@bursar/core'
import { canonicalHost } from './host.js'
import type { HostLimits, Limits, SumLimits } from './limits.js'

const MINUTE_MS = 60_000
/** How far back each window looks. All time has no end. */
const windows = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS,
  week: 7 * 24 * 60 * MINUTE_MS,
  month: 30 * 24 * 60 * MINUTE_MS,
  total: undefined
} as const

const windowNames = ['minute', 'hour', 'day', 'week', 'month', 'total'] as const

/** Limits, read. */
export interface ParsedLimits {
  /** The lowest cap of one payment that concerns any of the hosts, and the name of the limit that sets it. */
  payment(hosts: readonly string[]): { readonly name: string; readonly limit: AtomicUsdc }
  /** The budgets that a payment that concerns the hosts, with the call's labels, must fit. */
  budgets(hosts: readonly string[], labels: Readonly<Record<string, string>>): readonly Budget[]
}

/**
 * Reads limits.
 *
 * @param limits that `limitsChecks` let pass.
 * @throws {TypeError} when `payment` is missing.
 */
export function parseLimits(limits: Limits): ParsedLimits {
  if (limits?.payment === undefined)
    throw new TypeError("A limit is required: limits: { payment: '0.25', day: '5.00' }")
  const { payment, perHost = {}, hosts = {}, perLabel = {}, ...sums } = limits
  const anyPayment = { name: 'payment', limit: parseUsdc(payment) }
  const anySum = parseSums(sums, '')
  const eachHost = parseSums(perHost, 'perHost ')
  const named = new Map(Object.entries(hosts).map(([name, caps]) => parseHost(canonicalHost(name), caps)))
  const eachLabel = Object.entries(perLabel).map(([name, caps]) => ({
    name,
    budgets: parseSums(caps, `perLabel ${name} `)
  }))
  return {
    payment(concerned) {
      const caps = concerned.flatMap((host) => named.get(host)?.payment ?? [])
      return caps.reduce((lowest, cap) => (cap.limit < lowest.limit ? cap : lowest), anyPayment)
    },
    budgets(concerned, labels) {
      const ofHosts = concerned.flatMap((host) => [
        ...eachHost.map((budget) => ({ ...budget, host })),
        ...(named.get(host)?.budgets ?? [])
      ])
      const ofLabels = eachLabel.flatMap(({ name, budgets }) => {
        // A call that says nothing shares one budget with all that say nothing.
        const label = { name, value: labels[name] ?? '' }
        return budgets.map((budget) => ({ ...budget, label }))
      })
      return ofHosts.length + ofLabels.length === 0 ? anySum : [...anySum, ...ofHosts, ...ofLabels]
    }
  }
}

/** What is capped for one host. */
interface ParsedHost {
  readonly payment: { readonly name: string; readonly limit: AtomicUsdc } | undefined
  readonly budgets: readonly Budget[]
}

function parseHost(host: string, { payment, ...sums }: HostLimits): [host: string, ParsedHost] {
  const cap = payment === undefined ? undefined : { name: `hosts ${host} payment`, limit: parseUsdc(payment) }
  const budgets = parseSums(sums, `hosts ${host} `).map((budget) => ({ ...budget, host }))
  return [host, { payment: cap, budgets }]
}

function parseSums(sums: SumLimits, prefix: string): Budget[] {
  return windowNames.flatMap((name): Budget[] => {
    const amount = sums[name]
    if (amount === undefined) return []
    return [{ name: `${prefix}${name}`, limit: parseUsdc(amount), windowMs: windows[name] }]
  })
}
