import { BursarError, isLoopback } from '@bursar/core'
import { assertHostAllowed } from '../assert-host-allowed.js'
import type { CapturedRequest } from '../request/captured-request.js'
import { nameOf, redirectedError } from '../request/redirected-error.js'
import type { Discovery } from './discover.js'
import type { PaymentContext } from './payment-context.js'

/** Who was asked, and who asks to be paid. */
type Asked = Pick<Discovery, 'request' | 'original' | 'redirect'>

/**
 * Rejects a payment for another request than the caller's, over plain http to another machine, or to a host that is not
 * allowed.
 *
 * @throws {BursarError} `request/redirected`, `request/insecure`, `request/host-refused`
 */
export function assertPayable(context: PaymentContext, discovery: Asked): void {
  const { request, original } = discovery
  assertSecure(request)
  assertHostAllowed(context.policy, request.url, 'signed')
  if (request.method !== original.method) throw refusedRedirect(discovery, 'made another request of it')
  if (!isSamePlace(original.url, request.url) && !context.policy.namesHosts)
    throw refusedRedirect(discovery, 'left its origin')
}

function assertSecure({ url }: CapturedRequest): void {
  const { host } = url
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return
  throw new BursarError('request/insecure', {
    message: `${host} was asked over plain http, where payments can be read. Use https. Nothing was signed.`,
    context: { host },
    moneyState: 'none'
  })
}

/** Whether a redirect stayed where the caller asked: the same origin, or the same host over https, with or without `www.`. */
function isSamePlace(original: URL, reached: URL): boolean {
  if (bareHostname(original) !== bareHostname(reached)) return false
  // Without a port, each has the default of its protocol.
  if (original.port !== reached.port) return false
  return original.protocol === reached.protocol || reached.protocol === 'https:'
}

function bareHostname({ hostname }: URL): string {
  return hostname.replace(/^www\./, '')
}

function refusedRedirect({ request, original, redirect }: Asked, what: string): BursarError {
  const advice = 'Make that request yourself, or name its host in allow.hosts'
  return redirectedError(
    { status: redirect?.status ?? 0, from: nameOf(original), to: nameOf(request) },
    `which asks to be paid; that ${what}. ${advice}`
  )
}
