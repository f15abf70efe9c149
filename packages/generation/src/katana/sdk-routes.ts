import { partsOf, type ServiceBursar } from '@bursar/core'
import type { Prepaid } from '@bursar/prepaid'
import { chargedFetch } from '../shared/sdk/charged-fetch.js'
import { createSdkFetch, type SdkFetch } from '../shared/sdk/sdk-fetch.js'
import type { FetchLike } from '../shared/service/operation.js'
import { type Billing, FELL_SHORT } from './billing.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import { keyHeaders } from './credentials.js'
import type { KatanaClient } from './katana-client.js'
import type { KatanaOptions } from './katana-options.js'
import { apiUrlOf, meteredFetchOf, platformFetch } from './open-session.js'
import { balanceFirst } from './prepaid/balance-first.js'
import { hasUnansweredText, type TextParts } from './prepaid/unanswered-text.js'
import { withNotedJobs } from './sdk/noted-jobs.js'
import { translateKatanaCalls } from './sdk/sdk-service.js'

/** Where calls of SDKs go. */
export interface SdkPlace {
  readonly base: URL
  /** Makes images and videos. */
  readonly client: Pick<KatanaClient, 'images' | 'videos' | 'jobs'>
  /** Pays texts. Absent: the account signs payments and no texts. */
  readonly balance: Prepaid | undefined
}

/** Where a call of an SDK may go, and what it is paid by there. */
interface SdkRoutes {
  readonly origin: string
  readonly direct: FetchLike
  readonly texts: FetchLike
  /** Sends what the key of an account is billed for, and enters it in the ledger. */
  readonly keyFetch: FetchLike
  /** The client's own key, where calls are billed to it. */
  readonly keyHeaders: Readonly<Record<string, string>> | undefined
}

/** Where text is requested, whose unused reserve comes back to a balance. */
const TEXT_PATH = '/v1/chat/completions'
/** The key that SDKs are given because they insist on one. It is no credential. */
const placeholder = /^(?:Bearer )?x402$/i

/** The fetch for SDKs. A key that an SDK sends is used like the client's own. */
export function openSdkFetch(
  bursar: ServiceBursar,
  { billing, apiKey, plainFetch, catalogue, prices, validate = true }: KatanaOptions,
  { base, balance, client: { images, videos, jobs } }: SdkPlace
): SdkFetch {
  const parts = partsOf(bursar)
  const { clock, random, createAccountMeter } = parts
  const metered = meteredFetchOf({ plainFetch, catalogue, prices, meter: createAccountMeter() }, base)
  const { origin } = base
  const paid: FetchLike = (url, init) => bursar.fetch(url, init)
  const direct = withNotedJobs(paid, { bursar, ledger: parts.ledger, origin })
  const isByKey = apiKey !== undefined && (billing ?? 'key') === 'key'
  const routes = {
    origin,
    direct,
    texts: textFetch({ parts, balance, direct }, billing ?? 'auto'),
    keyFetch: chargedFetch('katana', metered.fetch),
    keyHeaders: isByKey ? keyHeaders(apiKey) : undefined
  }
  const calls = {
    ...{ base, images, videos, jobs, plainFetch: plainFetch ?? platformFetch, bringsKey, random },
    apiUrl: apiUrlOf(base),
    route: routeSdkCalls(routes),
    isByKey: (headers: Headers) => bringsKey(headers) || isByKey,
    catalogue: catalogue ?? katanaCatalogue,
    validate,
    clock
  }
  return createSdkFetch(translateKatanaCalls(calls), parts)
}

/** What pays texts. */
interface TextFunds {
  readonly parts: TextParts
  readonly balance: Prepaid | undefined
  readonly direct: FetchLike
}

function textFetch({ parts, balance, direct }: TextFunds, billing: Billing): FetchLike {
  if (!balance || billing === 'direct') return direct
  if (billing === 'wallet') return balance.fetch
  const first = balanceFirst({
    balance: balance.fetch,
    direct: (url, init) => direct(url, labelled(init)),
    isOwed: (signal) => hasUnansweredText(parts, balance.origin, signal)
  })
  // What was paid directly under a name is had again under it, and not bought from the balance as well.
  return async (url, init: LabelledInit) => {
    const name = init.bursar?.purchase
    const isKnown = name !== undefined && (await parts.ledger.find({ name })) !== undefined
    return isKnown ? direct(url, init) : first(url, init)
  }
}

interface LabelledInit extends RequestInit {
  readonly bursar?: { readonly labels?: Readonly<Record<string, string>>; readonly purchase?: string }
}

function labelled(init: LabelledInit): LabelledInit {
  const labels = { service: 'katana', billing: 'direct', billedBecause: FELL_SHORT, ...init.bursar?.labels }
  return { ...init, bursar: { ...init.bursar, labels } }
}

/**
 * Pays texts as the client's `billing` says, bills what brings the key of an account to that account, and pays everything
 * else directly.
 */
function routeSdkCalls({ origin, direct, texts, keyFetch, keyHeaders: own }: SdkRoutes): FetchLike {
  return (url, init) => {
    const target = new URL(url)
    const headers = new Headers(init.headers)
    if (target.origin !== origin) return direct(url, init)
    if (bringsKey(headers)) return keyFetch(url, init)
    if (own) return keyFetch(url, { ...init, headers: withKey(headers, own) })
    const isText = target.pathname.endsWith(TEXT_PATH) && !headers.has('x-sign-in-with-x')
    return (isText ? texts : direct)(url, init)
  }
}

function bringsKey(headers: Headers): boolean {
  return ['x-api-key', 'authorization'].some((name) => !placeholder.test(headers.get(name) ?? 'x402'))
}

function withKey(headers: Headers, own: Readonly<Record<string, string>>): Headers {
  headers.delete('authorization')
  for (const [name, value] of Object.entries(own)) headers.set(name, value)
  return headers
}
