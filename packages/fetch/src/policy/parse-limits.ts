import { type AtomicUsdc, type Budget, parseUsdc, TOP_UP_LABEL } from '@bursar/core'
import { canonicalHost } from './host.js'
import type { HostLimits, Limits, SumLimits } from './limits.js'

const MINUTE_MS = 60_000
/** The length of each window in milliseconds. `total` has none. */
const windows = [
  ['minute', MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['day', 24 * 60 * MINUTE_MS],
  ['week', 7 * 24 * 60 * MINUTE_MS],
  ['month', 30 * 24 * 60 * MINUTE_MS],
  ['total', undefined]
] as const

/** A cap of one payment, and the name of the limit that sets it. */
interface PaymentCap {
  readonly name: string
  readonly limit: AtomicUsdc
}

/** Limits in the form that one payment is checked against. */
export interface ParsedLimits {
  /** The lowest cap on one payment among those of the hosts. */
  payment(hosts: readonly string[]): PaymentCap
  /** The budgets of a payment to the hosts with the labels. */
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
    throw new TypeError("limits.payment is required: limits: { payment: '0.25', day: '5.00' }")
  const { payment, perHost = {}, hosts = {}, perLabel = {}, ...sums } = limits
  const anyPayment = { name: 'payment', limit: parseUsdc(payment) }
  const anySum = parseSums(sums, '')
  const eachHost = parseSums(perHost, 'perHost ')
  const named = Object.entries(hosts).map(([name, caps]) => parseHost(canonicalHost(name), caps))
  // A host that is named in two spellings has the limits of both.
  const namedAmong = (concerned: readonly string[]): readonly ParsedHost[] =>
    named.filter(({ host }) => concerned.includes(host))
  const ofLabels = parseLabels(perLabel)
  return {
    payment: (concerned) =>
      namedAmong(concerned)
        .flatMap((each) => each.payment ?? [])
        .reduce((lowest, cap) => (cap.limit < lowest.limit ? cap : lowest), anyPayment),
    budgets: (concerned, labels) => [
      ...anySum,
      ...concerned.flatMap((host) => eachHost.map((budget) => ({ host, ...budget }))),
      ...namedAmong(concerned).flatMap((each) => each.budgets),
      ...ofLabels(labels)
    ]
  }
}

/** The budgets of each value of a label. Calls that do not carry the label share one. */
function parseLabels(
  perLabel: Readonly<Record<string, SumLimits>>
): (labels: Readonly<Record<string, string>>) => readonly Budget[] {
  const each = Object.entries(perLabel).map(([name, caps]) => ({
    name,
    budgets: parseSums(caps, `perLabel ${name} `)
  }))
  return (labels) =>
    each.flatMap(({ name, budgets }) => {
      // A label may be called what every object has, such as `constructor`.
      const label = { name, value: (Object.hasOwn(labels, name) && labels[name]) || '' }
      // What is put on a balance is nobody's yet: the calls that it pays for are held to their labels.
      if (label.value === '' && labels[TOP_UP_LABEL]) return []
      return budgets.map((budget) => ({ label, ...budget }))
    })
}

/** What is capped for one host. */
interface ParsedHost {
  readonly host: string
  readonly payment: PaymentCap | undefined
  readonly budgets: readonly Budget[]
}

function parseHost(host: string, { payment, ...sums }: HostLimits): ParsedHost {
  const cap = payment === undefined ? undefined : { name: `hosts ${host} payment`, limit: parseUsdc(payment) }
  const budgets = parseSums(sums, `hosts ${host} `).map((budget) => ({ host, ...budget }))
  return { host, payment: cap, budgets }
}

function parseSums(sums: SumLimits, prefix: string): Budget[] {
  return windows.flatMap(([name, windowMs]): Budget[] => {
    const amount = sums[name]
    if (amount === undefined) return []
    return [{ name: `${prefix}${name}`, limit: parseUsdc(amount), windowMs }]
  })
}
