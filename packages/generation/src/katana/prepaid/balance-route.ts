import type { ServiceBursar } from '@bursar/core'
import type { Prepaid } from '@bursar/prepaid'
import { answerToSdk } from '../../shared/service/answer-to-sdk.js'

/** A fetch that knows how each call to one service is paid. */
export type BalanceRouteFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Where text is requested, whose unused reserve comes back to a balance. */
const TEXT_PATH = '/v1/chat/completions'

/**
 * Sends texts to the prepaid balance of their origin, and everything else to the bursar: images and videos are paid directly,
 * and calls with the key of an account are billed to that account.
 */
export function routeTexts(bursar: ServiceBursar, balance: Prepaid | undefined): BalanceRouteFetch {
  return (input, init = {}) =>
    answerToSdk(async () => {
      const request = new Request(input, init)
      const { url, method, headers, signal } = request
      if (balance && isTextOf(balance, request)) return balance.fetch(request)
      const body = request.body === null ? undefined : await request.arrayBuffer()
      return bursar.fetch(url, { ...init, method, headers, signal, ...(body ? { body } : {}) })
    })
}

function isTextOf(balance: Prepaid, { url, headers }: Request): boolean {
  const { origin, pathname } = new URL(url)
  return origin === balance.origin && pathname.endsWith(TEXT_PATH) && !bringsCredentials(headers)
}

/** SDKs insist on a key: the placeholder is none. */
function bringsCredentials(headers: Headers): boolean {
  const bearer = headers.get('authorization') ?? 'Bearer x402'
  return headers.has('x-api-key') || headers.has('x-sign-in-with-x') || !/^Bearer x402$/i.test(bearer)
}
