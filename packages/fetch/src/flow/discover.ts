import { BursarError, headerTooLargeError } from '@bursar/core'
import { isRedirect, redirectedRequest } from '../request/redirected-request.js'
import type { Answer } from '../transport/answer.js'
import { HeadersTimeout, HeadersTooLarge } from '../transport/transport.js'
import type { Call, Desk } from './desk.js'

/** As many as fetch follows. */
const MAX_REDIRECTS = 20

/** The answer to the unpaid request. */
export interface Discovery {
  readonly answer: Answer
  /** With the request that was answered, which redirects may have changed. */
  readonly call: Call
  /** Whether the platform followed redirects out of sight; such an answer is never paid. */
  readonly platformFollowed: boolean
}

/**
 * Sends the request unpaid, following redirects as fetch does.
 *
 * @throws {BursarError} `request/timeout`, `header/too-large`
 * @throws {TypeError} as fetch does, when the network fails.
 */
export async function discover(desk: Desk, call: Call): Promise<Discovery> {
  let current = call
  for (let redirects = 0; ; redirects++) {
    const answer = await sendUnpaid(desk, current, false)
    // Browsers hide redirects from `manual`; they are followed by the platform, and never paid.
    if (answer.status === 0) {
      return { answer: await sendUnpaid(desk, current, true), call: current, platformFollowed: true }
    }
    const location = isRedirect(answer.status) ? answer.header('location') : undefined
    const { redirect } = current.request
    if (location === undefined || redirect === 'manual')
      return { answer, call: current, platformFollowed: false }
    await answer.discard()
    if (redirect === 'error') throw new TypeError('The server redirects and redirect is "error"')
    if (redirects === MAX_REDIRECTS) throw new TypeError(`The server redirected ${MAX_REDIRECTS} times`)
    current = { ...current, request: redirectedRequest(current.request, answer.status, location) }
  }
}

async function sendUnpaid(
  desk: Desk,
  { request, transport }: Call,
  platformFollows: boolean
): Promise<Answer> {
  const timeoutMs = desk.settings.beforePaymentMs
  const { signal } = request
  try {
    return await transport({ request, timeoutMs, platformFollows })
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (error instanceof HeadersTimeout) {
      const host = request.url.host
      throw new BursarError('request/timeout', {
        message: `${host} did not answer within ${timeoutMs} ms. Nothing was paid.`,
        context: { timeoutMs, host },
        moneyState: 'none'
      })
    }
    if (error instanceof HeadersTooLarge)
      throw headerTooLargeError('The head of the answer', ' Nothing was paid.')
    throw error instanceof TypeError ? error : new TypeError('fetch failed', { cause: error })
  }
}
