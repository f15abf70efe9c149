import { BursarError } from '@bursar/core'
import type { Policy } from './policy/policy.js'

/**
 * @param undone what has not happened yet, for the message.
 * @throws {BursarError} `request/host-refused`
 */
export function assertHostAllowed(
  policy: Pick<Policy, 'allowsHost'>,
  { host }: URL,
  undone: 'sent' | 'signed'
): void {
  if (policy.allowsHost(host)) return
  throw new BursarError('request/host-refused', {
    message: `${host} is not in allow.hosts. Nothing was ${undone}.`,
    context: { host },
    moneyState: 'none'
  })
}
