import {
  type AtomicUsdc,
  type Budget,
  checkHost,
  checkUsdcAmount,
  type OptionChecks,
  optionsOf,
  parseUsdc,
  recordOf,
  type UsdcAmount
} from '@bursar/core'

const MINUTE_MS = 60_000
const windows = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 24 * 60 * MINUTE_MS,
  week: 7 * 24 * 60 * MINUTE_MS,
  month: 30 * 24 * 60 * MINUTE_MS,
  total: undefined
} as const

type WindowName = keyof typeof windows

/** Caps on sums. Windows roll: `day` is the last 24 hours, `month` the last 30 days, `total` all time. */
export type SumLimits = { readonly [Name in WindowName]?: UsdcAmount }

/**
 * What may be spent, in USDC: decimal text such as `'0.25'`, or atomic units from `parseUsdc`.
 * Every limit that is given must hold; authorizations that could still settle count.
 */
export interface Limits extends SumLimits {
  /** The most that one payment may cost. */
  readonly payment: UsdcAmount
  /** Caps on the sums to any one host. */
  readonly perHost?: SumLimits
  /** Caps for named hosts, such as `kat.imgnai.com`, in addition. */
  readonly hosts?: Readonly<Record<string, SumLimits & { readonly payment?: UsdcAmount }>>
  /** Caps on the sums of any one value of a label: `{ agent: { day: '1' } }` gives each agent a dollar a day. */
  readonly perLabel?: Readonly<Record<string, SumLimits>>
}

const sumChecks: OptionChecks<SumLimits> = {
  minute: checkUsdcAmount,
  hour: checkUsdcAmount,
  day: checkUsdcAmount,
  week: checkUsdcAmount,
  month: checkUsdcAmount,
  total: checkUsdcAmount
}

/** The options under `limits`. */
export const limitsChecks: OptionChecks<Limits> = {
  ...sumChecks,
  payment: checkUsdcAmount,
  perHost: optionsOf(sumChecks),
  hosts: recordOf(optionsOf({ ...sumChecks, payment: checkUsdcAmount }), checkHost),
  perLabel: recordOf(optionsOf(sumChecks))
}

/** Limits, read. */
export interface ParsedLimits {
  /** The cap of one payment to a host, and the name of the limit that sets it. */
  payment(host: string): { readonly name: string; readonly limit: AtomicUsdc }
  /** The budgets that a payment to a host, with the call's labels, must fit. */
  budgets(host: string, labels: Readonly<Record<string, string>>): readonly Budget[]
}

/**
 * Reads limits.
 *
 * @param limits that {@link limitsChecks} let pass.
 * @throws {TypeError} when `payment` is missing.
 */
export function parseLimits(limits: Limits): ParsedLimits {
  if (limits?.payment === undefined) {
    throw new TypeError("A limit is required: limits: { payment: '0.25', day: '5.00' }")
  }
  const { payment, perHost = {}, hosts = {}, perLabel = {}, ...sums } = limits
  const paymentLimit = { name: 'payment', limit: parseUsdc(payment) }
  const all = parseSums(sums, '')
  const eachHost = parseSums(perHost, 'perHost ')
  const named = new Map(
    Object.entries(hosts).map(([name, { payment: own, ...rest }]) => {
      const host = name.toLowerCase()
      const cap = own === undefined ? undefined : { name: `hosts ${host} payment`, limit: parseUsdc(own) }
      return [
        host,
        { cap, budgets: parseSums(rest, `hosts ${host} `).map((budget) => ({ ...budget, host })) }
      ]
    })
  )
  const eachLabel = Object.entries(perLabel).map(([name, caps]) => ({
    name,
    budgets: parseSums(caps, `perLabel ${name} `)
  }))
  return {
    payment(host) {
      const own = named.get(host)?.cap
      return own && own.limit < paymentLimit.limit ? own : paymentLimit
    },
    budgets(host, labels) {
      if (eachHost.length === 0 && named.size === 0 && eachLabel.length === 0) return all
      const ofLabels = eachLabel.flatMap(({ name, budgets }) => {
        // A call that says nothing shares one budget with all that say nothing.
        const label = { name, value: labels[name] ?? '' }
        return budgets.map((budget) => ({ ...budget, label }))
      })
      const ofHost = eachHost.map((budget) => ({ ...budget, host }))
      return [...all, ...ofHost, ...(named.get(host)?.budgets ?? []), ...ofLabels]
    }
  }
}

function parseSums(sums: SumLimits, prefix: string): Budget[] {
  return Object.entries(sums).flatMap(([name, amount]): Budget[] => {
    if (!isWindowName(name) || amount === undefined) return []
    const windowMs = windows[name]
    return [{ name: `${prefix}${name}`, limit: parseUsdc(amount), windowMs }]
  })
}

function isWindowName(name: string): name is WindowName {
  return Object.hasOwn(windows, name)
}
