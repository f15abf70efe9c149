import { type AtomicUsdc, formatUsdc } from '@bursar/core'

/** What paid, as the proxy's answers name it. */
export type PaidFrom = 'account' | 'balance' | 'payment' | 'test'

const names = ['x-bursar-cost', 'x-bursar-paid-from'] as const

/** The headers by which an answer tells what it cost, as the proxy's do. What was free has none. */
export function costHeaders(cost: AtomicUsdc, from: PaidFrom): Readonly<Record<string, string>> {
  return cost === 0n ? {} : { 'x-bursar-cost': formatUsdc(cost), 'x-bursar-paid-from': from }
}

/** The same headers of an answer, for another that is made from it. */
export function costHeadersOf({ headers }: Response): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    })
  )
}
