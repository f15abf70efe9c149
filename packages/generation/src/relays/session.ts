import { type bursarParts, type Clock, checkOptions, type RandomBytes } from '@bursar/core'
import { invalidRequest } from '../shared/checks/invalid-request.js'
import type { PricingRule } from '../shared/metering/charge.js'
import { MAX_ANSWER_BYTES } from '../shared/metering/metered-answer.js'
import { createMeteredFetch, type MeteredFetch } from '../shared/metering/metered-fetch.js'
import { Connection } from '../shared/service/connection.js'
import type { FetchLike, Operation } from '../shared/service/operation.js'
import { parseBaseUrl } from '../shared/service/origin.js'
import { type AccountReader, openAccount } from './account.js'
import { type MeteringBursar, type RelayOptions, relayChecks } from './relay.js'
import type { RelayService, Shape, WireRequest } from './service.js'

/** What the parts of one client share. The key stays inside it. */
export interface RelaySession {
  readonly service: Pick<RelayService<never, never, never>, 'name' | 'apiPath' | 'assetLifeMs' | 'tasks'>
  readonly baseUrl: URL
  /** With the path that the service's own paths begin with. */
  readonly apiUrl: URL
  readonly connection: Connection
  readonly account: AccountReader
  readonly pricingRule: PricingRule
  /** Sends with the key, and enters what is billed. */
  readonly metered: MeteredFetch
  /** Downloads: with the key from the service, and from nowhere else (Tokenhot 54). */
  readonly assetFetch: FetchLike
  readonly validate: boolean
  readonly clock: Clock
  readonly random: RandomBytes
}

/** What an answer is limited to that its request does not limit. */
const DEFAULT_OUTPUT_TOKENS = 16_384

/** What every item says. */
export interface Named {
  readonly model: string
}

/** Begins a session. What the key is billed is entered in the bursar's ledger. @throws {TypeError} when an option is malformed. */
export function openRelaySession<ImageItem, EditItem, VideoItem>(
  service: RelayService<ImageItem, EditItem, VideoItem>,
  { clock, random, createAccountMeter }: ReturnType<MeteringBursar[typeof bursarParts]>,
  options: RelayOptions
): RelaySession {
  checkOptions(options, relayChecks)
  const { apiKey, maxOutputTokens = DEFAULT_OUTPUT_TOKENS, prices = {}, labels = {} } = options
  if (typeof apiKey !== 'string' || !service.key.shape.test(apiKey))
    throw new TypeError(`apiKey must be ${service.key.words} (its value is not shown)`)
  const baseUrl = parseBaseUrl(options.baseUrl ?? service.baseUrl)
  const apiUrl = new URL(withoutSlash(baseUrl) + service.apiPath)
  const plain: FetchLike = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const authorized = withKey(plain, apiKey)
  const asking = { service: service.name, baseUrl, clock, plainFetch: authorized, secret: apiKey }
  const account = openAccount(service, new Connection({ ...asking, fetch: authorized }), clock)
  const pricingRule = service.pricing(async (model) =>
    Object.hasOwn(prices, model) ? prices[model] : account.priceOf(model)
  )
  const metered = createMeteredFetch({
    service: service.name,
    apiUrl,
    fetch: authorized,
    meter: createAccountMeter(),
    pricing: pricingRule,
    labels,
    outputLimit: () => maxOutputTokens
  })
  return {
    service,
    baseUrl,
    apiUrl,
    connection: new Connection({ ...asking, ...metered, maxBodyBytes: MAX_ANSWER_BYTES }),
    account,
    pricingRule,
    metered,
    assetFetch: (url, init) => (new URL(url).origin === baseUrl.origin ? authorized : plain)(url, init),
    validate: options.validate ?? true,
    clock,
    random
  }
}

/** Finds how a model's items are asked for. @throws {BursarError} `request/invalid` */
export function shapeFor<Item extends Named, Found extends Shape<Item>>(
  { validate }: Pick<RelaySession, 'validate'>,
  shapes: readonly Found[],
  item: Item
): Found {
  const shape = shapes.find(({ takes }) => takes(item.model))
  if (!shape) throw invalidRequest([unknownModel(item.model)])
  const violations = validate ? shape.check(item) : []
  if (violations.length > 0) throw invalidRequest(violations)
  return shape
}

const CALL_TIMEOUT_MS = 600_000

/** A request that costs something. */
export function posting(
  { service }: RelaySession,
  name: string,
  wire: WireRequest,
  { timeoutMs = CALL_TIMEOUT_MS, signal }: { readonly timeoutMs?: number; readonly signal?: AbortSignal }
): Operation {
  const path = (wire.apiPath ?? service.apiPath) + wire.path
  const asked = { name, method: 'POST', path, body: wire.body, money: 'unknown', timeoutMs } as const
  return { ...asked, ...(signal ? { signal } : {}) }
}

/** An address without the slash at its end. */
export function withoutSlash({ href }: URL): string {
  return href.replace(/\/$/, '')
}

function unknownModel(model: string) {
  return {
    field: 'model',
    rule: 'model_unknown',
    message: `"${model.slice(0, 60)}" is not known to make this`,
    allowed: 'a model of the service, see models.list()'
  }
}

/** The key goes with every request, in the one header that is for it. */
function withKey(fetch: FetchLike, apiKey: string): FetchLike {
  return (url, init) => {
    const headers = new Headers(init.headers)
    headers.delete('x-api-key')
    headers.set('authorization', `Bearer ${apiKey}`)
    return fetch(url, { ...init, headers })
  }
}
