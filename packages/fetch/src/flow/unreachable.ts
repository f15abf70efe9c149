import { BursarError } from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import { namesAccount } from '../request/names-account.js'

/** The codes of failures before a byte of the request was sent. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT'
])

/**
 * The network failed before anything was paid. What is thrown is what fetch throws, which libraries know and repeat; its
 * cause says what happened to the money.
 */
export function unreachable(request: CapturedRequest, cause: unknown): TypeError {
  const { host } = request.url
  const code = codeOf(cause)
  // The account may have been charged before the network failed.
  const isUnknown = namesAccount(request) && !neverSent.has(code ?? '')
  const money = isUnknown ? 'Whether its account was charged is not known' : 'Nothing was paid'
  const ours = new BursarError('request/unreachable', {
    message: `${host} cannot be reached${code === undefined ? '' : ` (${code})`}. ${money}.`,
    context: { host },
    moneyState: isUnknown ? 'unknown' : 'none',
    cause
  })
  return new TypeError('fetch failed', { cause: ours })
}

/** What the system says is below what fetch says. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const code: unknown = Reflect.get(error, 'code')
  if (typeof code === 'string' && /^[\w.-]{1,64}$/.test(code)) return code
  return codeOf(Reflect.get(error, 'cause'))
}
