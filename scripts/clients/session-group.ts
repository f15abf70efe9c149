import { type SessionCase, sessionCases } from '../../test/clients/session-case.js'
import type { Billing } from './paying-proxy.js'

/** Cases that share a wallet, a proxy and what has to be true of their sums. */
export interface SessionGroup {
  readonly cases: readonly SessionCase[]
  /** The limit on the sum of all payments, in decimal USDC. */
  readonly total: string
  /** Whether the ledger may hold more to be charged than was, and a paid answer may be missing. */
  readonly fails?: boolean
}

const failing: readonly SessionCase[] = ['lost-charge', 'paid-failure']
const limited: readonly SessionCase[] = ['over-limit']

/** All cases, as they are played. */
export function sessionGroups(billing: Billing): readonly SessionGroup[] {
  const isOtherWise = [...failing, ...limited]
  // The same payment brings a lost answer again; what a prepaid balance is charged for one cannot be had again.
  const unfit = billing === 'balance' ? 'lost-payment' : 'lost-charge'
  const groups: readonly SessionGroup[] = [
    { cases: sessionCases.filter((name) => !isOtherWise.includes(name)), total: '200' },
    { cases: failing, total: '200', fails: true },
    { cases: limited, total: '0.000001' }
  ]
  return groups.map((group) => ({ ...group, cases: group.cases.filter((name) => name !== unfit) }))
}
