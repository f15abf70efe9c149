import { type AccountMeter, type Clock, systemClock } from '@bursar/core'
import { createMeteredFetch, type MeteredFetch } from '../shared/metering/metered-fetch.js'
import { Connection } from '../shared/service/connection.js'
import type { FetchLike, ReceiptOf } from '../shared/service/operation.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import { keyHeaders, secretOf } from './credentials.js'
import type { KatanaClientOptions } from './katana-client-options.js'
import { provenFetch } from './prepaid/proven-fetch.js'
import { outputLimitFor } from './pricing/estimate.js'
import { katanaPricingRule } from './pricing/pricing-rule.js'
import { Session } from './session.js'

/** Pays nothing and knows no credentials. */
export const platformFetch: FetchLike = (url, init) => globalThis.fetch(url, init)

/** Builds what the parts of one client share. @throws {TypeError} when an option is malformed. */
export function openSession(options: KatanaClientOptions, baseUrl: URL): Session {
  const { apiKey, validate = true, billing, describe, receiptOf, fetch = platformFetch } = options
  // Without a meter, what the key is billed for is counted nowhere.
  const metered = options.meter && meteredFetchOf({ ...options, meter: options.meter }, baseUrl)
  const reportReceipt: ReceiptOf = (response) => metered?.receiptOf(response) ?? receiptOf?.(response)
  const session = new Session({
    connection: new Connection({
      ...connectionParts(options),
      baseUrl,
      ...(receiptOf || metered ? { receiptOf: reportReceipt } : {})
    }),
    validate,
    billing,
    keyHeaders: apiKey === undefined ? undefined : keyHeaders(apiKey),
    directFetch: fetch,
    walletFetch: walletFetchOf(options),
    isTextOwed: options.isTextOwed ?? (async () => false),
    keyFetch: metered?.fetch,
    describe
  })
  // A path that cannot be taken is reported now, not with the first call.
  session.choose('media', undefined)
  return session
}

/** Sends what a balance pays for; `undefined` when there is none. */
function walletFetchOf({
  walletFetch,
  walletProof,
  plainFetch = platformFetch
}: KatanaClientOptions): FetchLike | undefined {
  return walletFetch ?? (walletProof && provenFetch(plainFetch, walletProof))
}

function connectionParts({
  fetch = platformFetch,
  plainFetch = platformFetch,
  apiKey,
  clock
}: KatanaClientOptions) {
  const secret = apiKey === undefined ? undefined : secretOf(apiKey)
  const parts: { readonly service: string; readonly clock: Clock } = {
    service: 'katana',
    clock: clock ?? systemClock
  }
  return { ...parts, fetch, plainFetch, ...(secret ? { secret } : {}) }
}

/** Where Katana's paths begin. */
export function apiUrlOf(baseUrl: URL): URL {
  return new URL('v1', baseUrl.href.replace(/\/?$/, '/'))
}

/** What sends calls that a key is billed for is made from. */
type MeteringOptions = Pick<KatanaClientOptions, 'plainFetch' | 'catalogue' | 'prices'> & {
  readonly meter: AccountMeter
}

/** Sends what a key is billed for, and enters it in the ledger. */
export function meteredFetchOf(
  { meter, plainFetch = platformFetch, catalogue = katanaCatalogue, prices = {} }: MeteringOptions,
  baseUrl: URL
): MeteredFetch {
  return createMeteredFetch({
    service: 'katana',
    apiUrl: apiUrlOf(baseUrl),
    fetch: (url, init) => plainFetch(url, init),
    meter,
    labels: {},
    pricing: katanaPricingRule({ catalogue, prices }),
    outputLimit: outputLimitFor(catalogue)
  })
}
