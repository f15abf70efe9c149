import { formatUsdc, parseUsdc } from '@bursar/core'
import type { TestPayment } from '../stack/test-wallet.js'

/** Whether an assertion holds, and what to say when the opposite was expected. */
export interface Verdict {
  readonly pass: boolean
  readonly message: () => string
}

/** Whether exactly one payment has settled. */
export function paidOnce(payments: readonly TestPayment[]): Verdict {
  const pass = payments.length === 1
  const expected = pass ? 'Expected no payment, or several.' : 'Expected one payment.'
  return { pass, message: () => `${expected} ${describePayments(payments)}` }
}

/**
 * Whether the payments that have settled come to this sum.
 *
 * @param usdc decimal USDC.
 * @throws {TypeError} when it is not text.
 * @throws {BursarError} `amount/malformed`
 */
export function spent(payments: readonly TestPayment[], usdc: string): Verdict {
  if (typeof usdc !== 'string')
    throw new TypeError(`Say what should be spent as text such as '0.01', not ${String(usdc)}`)
  const pass = sumOf(payments) === parseUsdc(usdc)
  const expected = pass
    ? `Expected other than ${usdc} USDC to be spent.`
    : `Expected ${usdc} USDC to be spent.`
  return { pass, message: () => `${expected} ${describePayments(payments)}` }
}

/** What payments come to. `1_000_000n = 1 USDC`. */
export function sumOf(payments: readonly TestPayment[]): bigint {
  return payments.reduce((sum, { amountAtomic }) => sum + amountAtomic, 0n)
}

/** Says in words what has settled. */
function describePayments(payments: readonly TestPayment[]): string {
  if (payments.length === 0) return 'Nothing has settled.'
  const lines = payments.map(
    ({ amountAtomic, chain, to, settledAtSeconds, transaction }) =>
      `\n  ${formatUsdc(amountAtomic)} USDC on ${chain} to ${to}${at(settledAtSeconds)} (${transaction})`
  )
  const count = payments.length === 1 ? 'One payment has' : `${payments.length} payments have`
  return `${count} settled, ${formatUsdc(sumOf(payments))} USDC in all:${lines.join('')}`
}

/** By the chain's time, which is ahead of the machine's after a stack has travelled. */
function at(settledAtSeconds: number | undefined): string {
  if (settledAtSeconds === undefined) return ''
  return ` at ${new Date(settledAtSeconds * 1000).toISOString().replace('.000', '')}`
}
