import type { ServiceBursar } from '@bursar/core'
import type { Prepaid } from '@bursar/prepaid'
import type { FetchLike } from '../shared/service/operation.js'

/** Where a call of an SDK may go, and what it is paid by there. */
export interface SdkRoutes {
  readonly origin: string
  readonly bursar: ServiceBursar
  /** Pays texts. */
  readonly balance: Prepaid | undefined
  /** Sends what the key of an account is billed for, and enters it in the ledger. */
  readonly keyFetch: FetchLike
  /** The client's own key, where calls are billed to it. */
  readonly keyHeaders: Readonly<Record<string, string>> | undefined
}

/** Where text is requested, whose unused reserve comes back to a balance. */
const TEXT_PATH = '/v1/chat/completions'
/** The key that SDKs are given because they insist on one. It is no credential. */
const placeholder = /^Bearer x402$/i

/**
 * Sends texts to the prepaid balance of their origin, what brings the key of an account to that account, and everything else
 * to the bursar: images and videos are paid directly.
 */
export function routeSdkCalls({ origin, bursar, balance, keyFetch, keyHeaders }: SdkRoutes): FetchLike {
  return (url, init) => {
    const target = new URL(url)
    const headers = new Headers(init.headers)
    if (target.origin !== origin) return bursar.fetch(url, init)
    if (bringsKey(headers)) return keyFetch(url, init)
    if (keyHeaders) return keyFetch(url, { ...init, headers: withKey(headers, keyHeaders) })
    const isText = target.pathname.endsWith(TEXT_PATH) && !headers.has('x-sign-in-with-x')
    return balance && isText ? balance.fetch(url, init) : bursar.fetch(url, init)
  }
}

function bringsKey(headers: Headers): boolean {
  return headers.has('x-api-key') || !placeholder.test(headers.get('authorization') ?? 'Bearer x402')
}

function withKey(headers: Headers, keyHeaders: Readonly<Record<string, string>>): Headers {
  headers.delete('authorization')
  for (const [name, value] of Object.entries(keyHeaders)) headers.set(name, value)
  return headers
}
