import { checkOptions } from '@bursar/core'
import { createSaver } from '../shared/asset/create-saver.js'
import { MAX_ANSWER_BYTES } from '../shared/metering/metered-answer.js'
import { createMeteredFetch } from '../shared/metering/metered-fetch.js'
import { Connection } from '../shared/service/connection.js'
import type { FetchLike } from '../shared/service/operation.js'
import { parseBaseUrl } from '../shared/service/origin.js'
import { createAccountQueries } from './account-queries.js'
import { relayDownloads, withKey } from './downloads.js'
import { type MeteringParts, type RelayOptions, relayChecks } from './relay-options.js'
import type { RelayService } from './relay-service.js'
import type { RelaySession } from './relay-session.js'

/** What an answer is limited to whose request sets no limit. */
const DEFAULT_OUTPUT_TOKENS = 16_384

/**
 * Builds what the parts of one client share. What the key is billed is entered in the bursar's ledger.
 *
 * @throws {TypeError} when an option is malformed.
 */
export function openRelaySession<ImageItem, EditItem, VideoItem>(
  service: RelayService<ImageItem, EditItem, VideoItem>,
  { clock, random, createAccountMeter }: MeteringParts,
  options: RelayOptions
): RelaySession {
  checkOptions(options, relayChecks)
  const { apiKey, validate = true } = options
  assertApiKey(service, apiKey)
  const baseUrl = parseBaseUrl(options.baseUrl ?? service.baseUrl)
  const apiUrl = new URL(withoutSlash(baseUrl) + service.apiPath)
  const plain: FetchLike = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const keyed = { apiKey, fetch: plain }
  const authorized = withKey(keyed)
  const parts = { service: service.name, baseUrl, clock, plainFetch: authorized, secret: apiKey }
  const account = createAccountQueries(service, new Connection({ ...parts, fetch: authorized }), clock)
  const { prices = {}, maxOutputTokens = DEFAULT_OUTPUT_TOKENS } = options
  const pricingRule = service.pricing(async (model) =>
    Object.hasOwn(prices, model) ? prices[model] : account.priceOf(model)
  )
  const metered = createMeteredFetch({
    service: service.name,
    apiUrl,
    fetch: authorized,
    meter: createAccountMeter(),
    pricing: pricingRule,
    labels: options.labels ?? {},
    outputLimit: () => maxOutputTokens
  })
  const download = relayDownloads(baseUrl, keyed)
  return {
    service,
    baseUrl,
    apiUrl,
    account,
    pricingRule,
    metered,
    validate,
    clock,
    random,
    connection: new Connection({ ...parts, ...metered, maxBodyBytes: MAX_ANSWER_BYTES }),
    download,
    save: createSaver({ service: baseUrl, fetch: download, clock, random })
  }
}

function assertApiKey({ key }: Pick<RelayService<never, never, never>, 'key'>, apiKey: unknown): void {
  if (typeof apiKey !== 'string' || !key.shape.test(apiKey))
    throw new TypeError(`apiKey must be ${key.words} (its value is not shown)`)
}

/** An address without the slash at its end. */
export function withoutSlash({ href }: URL): string {
  return href.replace(/\/$/, '')
}
