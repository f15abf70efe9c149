import { type AccountCall, atomicUsdc, overLimitError } from '@bursar/core'
import { assertHostAllowed } from './assert-host-allowed.js'
import type { Policy } from './policy/policy.js'

/** Checks what one call to an account may cost at most. @throws {BursarError} `request/host-refused`, `offer/over-limit` */
export function assertWithinLimit(policy: Policy, { url, maxCost }: AccountCall): void {
  assertHostAllowed(policy, url, 'sent')
  const cap = policy.limits.payment([url.host])
  if (maxCost > cap.limit) throw overLimitError({ budget: cap, used: atomicUsdc(0n) }, maxCost)
}
