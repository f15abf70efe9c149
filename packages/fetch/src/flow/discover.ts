import { BursarError, headerTooLargeError } from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import {
  isRedirect,
  type Redirect,
  redirectedRequest,
  redirectRejected
} from '../request/redirected-request.js'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { HeadersTimeout, HeadersTooLarge, type OutgoingRequest } from '../transport/transport.js'
import type { Call } from './call.js'
import type { PaymentContext } from './payment-context.js'
import { unreachable } from './unreachable.js'

/** As many redirects as fetch follows. */
const MAX_REDIRECTS = 20

/** The answer to the unpaid request. */
export interface Discovery {
  readonly response: IncomingResponse
  /** The request that was answered, which redirects may have changed. */
  readonly request: CapturedRequest
  /** The caller's own request. */
  readonly original: CapturedRequest
  /** The last redirect that was followed. */
  readonly redirect?: Redirect | undefined
  /** Whether the platform followed redirects without showing them; such an answer is never paid. */
  readonly platformFollowed: boolean
}

/**
 * Sends the request unpaid, following redirects as fetch does.
 *
 * @throws {BursarError} `request/timeout`, `request/redirected`, `header/too-large`
 * @throws {TypeError} as fetch does, when the network fails; its cause is a `request/unreachable`.
 * @throws what the caller's `checkUrl` throws.
 */
export async function discover(context: PaymentContext, call: Call): Promise<Discovery> {
  const { request: original, transport } = call
  let request = original
  let redirect: Redirect | undefined
  for (let redirects = 0; ; redirects++) {
    const response = await sendUnpaid(context, { request, transport })
    // Browsers hide redirects from `manual`; they are followed by the platform, and never paid.
    if (response.status === 0) {
      const followed = await sendUnpaid(context, { request, transport }, { platformFollows: true })
      return { response: followed, request, original, platformFollowed: true }
    }
    const location = isRedirect(response.status) ? response.header('location') : undefined
    if (location === undefined || request.redirect === 'manual')
      return { response, request, original, redirect, platformFollowed: false }
    await response.discard()
    const next = { status: response.status, location }
    if (request.redirect === 'error') throw redirectRejected(request, next, 'and redirect is "error"')
    if (redirects === MAX_REDIRECTS) throw redirectRejected(request, next, `after ${MAX_REDIRECTS} redirects`)
    redirect = next
    request = redirectedRequest(request, next)
    call.options.checkUrl?.(request.url)
  }
}

/** Sends a request that pays nothing. */
export function sendUnpaid(
  { settings }: PaymentContext,
  { request, transport }: Pick<Call, 'request' | 'transport'>,
  options: Pick<OutgoingRequest, 'platformFollows' | 'payment'> = {}
): Promise<IncomingResponse> {
  const timeoutMs = settings.beforePaymentMs
  return transport.send({ request, timeoutMs, ...options }).catch((error: unknown) => {
    if (request.signal?.aborted) throw request.signal.reason
    if (error instanceof HeadersTimeout) throw timeoutError(request, timeoutMs)
    if (error instanceof HeadersTooLarge)
      throw headerTooLargeError('The head of the answer', ' Nothing was paid.')
    throw unreachable(request, error)
  })
}

/** The unpaid request was not answered in time. */
export function timeoutError({ url: { host } }: CapturedRequest, timeoutMs: number): BursarError {
  return new BursarError('request/timeout', {
    message: `${host} did not answer within ${timeoutMs} ms. Nothing was paid.`,
    context: { timeoutMs, host },
    moneyState: 'none'
  })
}
