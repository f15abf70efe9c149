import { type AtomicUsdc, atomicUsdc } from '@bursar/core'

/** Stores keep sums in 64 bits. Half of that is left for what open calls turn out to cost. */
export const MAX_SUM = 2n ** 62n

/** The most that one call counts as: 100 million dollars, or what was held for it. */
const MAX_CHARGE = 10n ** 14n

/**
 * The charge that is counted, by what a service says. It may say anything: a sum that a store cannot keep would stop every
 * write after it, and a charge below nothing would make room in budgets.
 *
 * @param counted what counts until then, and still does when the service says what cannot be.
 */
export function countableCharge(said: AtomicUsdc, counted: AtomicUsdc): AtomicUsdc {
  if (said < 0n) return counted
  const most = counted > MAX_CHARGE ? counted : MAX_CHARGE
  return atomicUsdc(said > most ? most : said)
}
