import { BursarError, isNeverSent, systemCodeOf } from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import { namesAccount } from '../request/names-account.js'
import { NoConnection } from '../transport/transport.js'

/**
 * The network failed before anything was paid. What is thrown is what fetch throws, which libraries know and repeat; its
 * cause says what happened to the money.
 */
export function unreachable(request: CapturedRequest, cause: unknown): TypeError {
  const { host } = request.url
  const why = cause instanceof NoConnection ? cause.message : systemCodeOf(cause)
  // The account may have been charged before the network failed.
  const isUnknown = namesAccount(request) && !isNeverSent(cause) && !(cause instanceof NoConnection)
  const money = isUnknown ? 'Whether its account was charged is not known' : 'Nothing was paid'
  const ours = new BursarError('request/unreachable', {
    message: `${host} cannot be reached${why === undefined ? '' : ` (${why})`}. ${money}.`,
    context: { host },
    moneyState: isUnknown ? 'unknown' : 'none',
    cause
  })
  return new TypeError('fetch failed', { cause: ours })
}
