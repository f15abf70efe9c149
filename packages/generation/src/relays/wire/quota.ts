import { type AtomicUsdc, atomicUsdc } from '@bursar/core'

/** Quota of one dollar (OpenClaw 5). */
const QUOTA_PER_USD = 500_000n

/** Millionths of a dollar that one unit of quota is. */
const QUOTA_UNIT = 1_000_000n / QUOTA_PER_USD

/** Rounds a cost up to whole units of quota, since there are no parts of one. */
export function wholeQuota(cost: AtomicUsdc): AtomicUsdc {
  return atomicUsdc(((cost + QUOTA_UNIT - 1n) / QUOTA_UNIT) * QUOTA_UNIT)
}
