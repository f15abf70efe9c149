import { BursarError } from '@bursar/core'
import type { Policy } from './policy/policy.js'

/** @throws {BursarError} `request/host-refused` */
export function assertHostAllowed(policy: Pick<Policy, 'allowsHost'>, { host }: URL): void {
  if (policy.allowsHost(host)) return
  throw new BursarError('request/host-refused', {
    message: `${host} is not in allow.hosts. Nothing was sent.`,
    context: { host },
    moneyState: 'none'
  })
}
