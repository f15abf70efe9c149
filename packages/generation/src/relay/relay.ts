import {
  type AccountDesk,
  type AtomicUsdc,
  type Clock,
  type RandomBytes,
  systemClock,
  systemRandom
} from '@bursar/core'
import { type Job, type WatchOptions, watchJob } from '../job/job.js'
import type { JobState } from '../job/job-state.js'
import { invalidRequest } from '../katana/rules/check-item.js'
import { MAX_ANSWER_BYTES, meter } from '../metering/metered-fetch.js'
import type { Price } from '../metering/price.js'
import { unpriced } from '../metering/unpriced.js'
import { Connection } from '../service/connection.js'
import type { FetchLike, Operation } from '../service/operation.js'
import { parseBaseUrl } from '../service/origin.js'
import { openAccount } from './account.js'
import type { RelayBalance } from './new-api.js'
import { isTaskId, readModels } from './new-api.js'
import {
  assetOf,
  type ImageShape,
  type RelayService,
  type Shape,
  type VideoShape,
  type WireRequest
} from './service.js'

/** What a client of a service that bills by key is made from. */
export interface RelayOptions {
  /** Never in a body, a URL, a log or an error. */
  readonly apiKey: string
  /** Where the service lives. Must be https; loopback may be http. */
  readonly baseUrl?: string
  /**
   * Enters what is billed in the ledger, under the limits; `bursar.openclaw()` and its like bring one. Without a desk
   * nothing is counted.
   */
  readonly desk?: AccountDesk
  /** Sends everything. Default: the platform's. Not `bursar.fetch`: there is nothing to pay per call. */
  readonly fetch?: FetchLike
  /** Kept with every call in the ledger. */
  readonly labels?: Readonly<Record<string, string>>
  /** What models cost that neither the service's list nor this version's snapshot knows. */
  readonly prices?: Readonly<Record<string, Price>>
  /** Whether what the service would refuse is refused before it is sent. Default `true`. */
  readonly validate?: boolean
  readonly clock?: Clock
  readonly random?: RandomBytes
}

/** What the caller says of one call. */
export interface RelayCall {
  readonly signal?: AbortSignal
  /** Milliseconds for the whole answer. Default 600_000. */
  readonly timeoutMs?: number
}

/** How an SDK's client is set up: the constructor of `openai`'s and of `@anthropic-ai/sdk`'s take it. */
export interface SdkOptions {
  readonly apiKey: string
  readonly baseURL: string
  readonly fetch: typeof globalThis.fetch
  /** A call that costs money is not sent again by itself. */
  readonly maxRetries: 0
}

/** A service that bills an account by a key, under the same limits and in the same ledger as what is paid. */
export interface Relay<ImageItem, EditItem, VideoItem> {
  readonly service: string
  readonly origin: string
  /** Sends with the key, and enters what is billed. For endpoints that have no method of their own. */
  readonly fetch: FetchLike
  /** Sets up OpenAI's SDK for the service: `relay.openai(OpenAI)`. */
  openai<Client>(sdk: new (options: SdkOptions) => Client): Client
  /** Sets up Anthropic's SDK for the service: `relay.anthropic(Anthropic)`. */
  anthropic<Client>(sdk: new (options: SdkOptions) => Client): Client
  /** What to export for Claude Code and other programs of Anthropic's SDK. Holds the key, and is counted nowhere. */
  claudeEnv(): { readonly ANTHROPIC_BASE_URL: string; readonly ANTHROPIC_API_KEY: string }
  readonly images: {
    /** Has pictures made. @throws {BursarError} `request/invalid`, `price/unknown`, `offer/*`, `service/*`, `ledger/*` */
    generate(item: ImageItem, call?: RelayCall): Promise<Job>
    /** Has pictures changed. @throws as `generate` */
    edit(item: EditItem, call?: RelayCall): Promise<Job>
  }
  readonly videos: {
    /** Has a film made. @throws as `images.generate` */
    generate(item: VideoItem, call?: RelayCall & WatchOptions): Promise<Job>
  }
  readonly jobs: {
    /** Takes a film up that an earlier process began. @throws {TypeError} when the id is none. */
    resume(taskId: string, watch?: WatchOptions): Job
  }
  readonly models: {
    /** The names of what is sold today. @throws {BursarError} `service/*` */
    list(call?: RelayCall): Promise<readonly string[]>
  }
  /** What models cost today. @throws {BursarError} `service/*` @throws {TypeError} where the service lists no prices. */
  pricing(call?: RelayCall): Promise<ReadonlyMap<string, Price>>
  /** What is left. @throws {BursarError} `service/*` @throws {TypeError} where the service tells no balance. */
  balance(call?: RelayCall): Promise<RelayBalance>
  /** The most that an item can cost. @throws {BursarError} `request/invalid`, `price/unknown` */
  estimate(item: ImageItem | VideoItem): Promise<AtomicUsdc>
}

const CALL_TIMEOUT_MS = 600_000
const FILM_TIMEOUT_MS = 3_600_000
const QUESTION_TIMEOUT_MS = 60_000

/**
 * Builds a client of a service that bills by key.
 *
 * @throws {TypeError} when an option is malformed.
 */
export function createRelay<ImageItem extends Named, EditItem extends Named, VideoItem extends Named>(
  service: RelayService<ImageItem, EditItem, VideoItem>,
  options: RelayOptions
): Relay<ImageItem, EditItem, VideoItem> {
  const { apiKey, clock = systemClock, random = systemRandom, validate = true, prices = {} } = options
  if (typeof apiKey !== 'string' || !service.key.shape.test(apiKey))
    throw new TypeError(`apiKey must be ${service.key.words} (its value is not shown)`)
  const baseUrl = parseBaseUrl(options.baseUrl ?? service.baseUrl)
  const apiUrl = new URL(withoutSlash(baseUrl) + service.apiPath)
  const plain: FetchLike = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const authorized = withKey(plain, apiKey)
  const connections = { service: service.name, clock, plainFetch: authorized }
  const account = openAccount(service, new Connection({ ...connections, baseUrl, fetch: authorized }), clock)
  const priceOf = async (model: string): Promise<Price | undefined> =>
    prices[model] ?? (await account.priceOf(model))
  const tariff = service.tariff(priceOf)
  const metered = meter({
    service: service.name,
    apiUrl,
    fetch: authorized,
    desk: options.desk,
    tariff,
    labels: options.labels ?? {}
  })
  const connection = new Connection({ ...connections, baseUrl, ...metered, maxBodyBytes: MAX_ANSWER_BYTES })

  const sdk = (baseURL: string): SdkOptions => ({
    apiKey,
    baseURL,
    maxRetries: 0,
    fetch: async (input, init) =>
      metered.fetch(String(input instanceof Request ? input.url : input), init ?? {})
  })

  /** @throws {BursarError} `request/invalid` */
  function shapeFor<Item extends Named, Found extends Shape<Item>>(
    shapes: readonly Found[],
    item: Item
  ): Found {
    const shape = shapes.find(({ takes }) => takes(item.model))
    if (!shape) throw invalidRequest([unknownModel(item.model)])
    const violations = validate ? shape.check(item) : []
    if (violations.length > 0) throw invalidRequest(violations)
    return shape
  }

  const posting = (name: string, wire: WireRequest, call: RelayCall): Operation => ({
    name,
    method: 'POST',
    path: (wire.apiPath ?? service.apiPath) + wire.path,
    body: wire.body,
    money: 'unknown',
    timeoutMs: call.timeoutMs ?? CALL_TIMEOUT_MS,
    ...(call.signal ? { signal: call.signal } : {})
  })

  async function pictures<Item extends Named>(
    name: string,
    shapes: readonly ImageShape<Item>[],
    item: Item,
    call: RelayCall
  ): Promise<Job> {
    const shape = shapeFor(shapes, item)
    const operation = posting(name, shape.request(item), call)
    const { answer, response } = await connection.readEither(operation)
    const sources = shape.read(answer, response.headers.get('content-type') ?? '')
    if (!sources || sources.length === 0)
      throw connection.malformed(operation, response, 'there is no picture in it')
    const expiresAtMs = clock.nowMs() + service.assetLifeMs
    const assets = sources.map((source, index) => assetOf(source, index, expiresAtMs))
    const requestId = `img-${hexOf(random(8))}`
    const state: JobState = {
      requestId,
      status: 'completed',
      isDone: true,
      items: [{ index: 0, status: 'completed', assets }]
    }
    return watch(state, { moneyState: 'settled' })
  }

  async function film(
    shapes: readonly VideoShape<VideoItem>[],
    item: VideoItem,
    call: RelayCall & WatchOptions
  ): Promise<Job> {
    const shape = shapeFor(shapes, item)
    const operation = posting('videos.generate', shape.request(item), call)
    const { body: answer, response } = await connection.read(operation)
    const id = shape.taskId(answer)
    if (!isTaskId(id)) throw connection.malformed(operation, response, 'no task id')
    const state: JobState = { requestId: id, status: 'queued', isDone: false, items: [] }
    return watch(state, { ...call, timeoutMs: FILM_TIMEOUT_MS, moneyState: 'settled' })
  }

  function watch(
    state: JobState,
    more: WatchOptions & { readonly moneyState?: 'settled'; readonly isUnheard?: boolean }
  ): Job {
    const { timeoutMs = FILM_TIMEOUT_MS, ...rest } = more
    return watchJob(state, {
      ...rest,
      timeoutMs,
      clock,
      random,
      read: (question) => readTask(question.requestId, question.timeoutMs, question.signal),
      save: async (result, folder, save) =>
        (await import('#disk')).disk.saveAssets(result, folder, save, {
          service: baseUrl,
          fetch: assetFetch(baseUrl, plain, authorized),
          clock,
          random
        })
    })
  }

  async function readTask(id: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<JobState> {
    const operation: Operation = {
      name: 'jobs.read',
      method: 'GET',
      path: service.apiPath + service.tasks.path(id),
      money: 'settled',
      requestId: id,
      timeoutMs,
      ...(signal ? { signal } : {})
    }
    const { body, response } = await connection.read(operation)
    const state = service.tasks.read(body, id)
    if (!state) throw connection.malformed(operation, response, 'no status')
    if (!state.isDone || state.status === 'failed') return state
    const expiresAtMs = clock.nowMs() + service.assetLifeMs
    return {
      ...state,
      items: state.items.map((item) => ({
        ...item,
        assets: item.assets.map((asset) => ({ expiresAtMs, ...asset }))
      }))
    }
  }

  return {
    service: service.name,
    origin: baseUrl.origin,
    fetch: metered.fetch,
    openai: (Client) => new Client(sdk(apiUrl.href)),
    anthropic: (Client) => new Client(sdk(withoutSlash(baseUrl))),
    claudeEnv: () => ({ ANTHROPIC_BASE_URL: withoutSlash(baseUrl), ANTHROPIC_API_KEY: apiKey }),
    images: {
      generate: (item, call = {}) => pictures('images.generate', service.images, item, call),
      edit: (item, call = {}) => pictures('images.edit', service.edits, item, call)
    },
    videos: { generate: (item, call = {}) => film(service.videos, item, call) },
    jobs: {
      resume(taskId, watching = {}) {
        if (!isTaskId(taskId)) throw new TypeError('taskId must be 1 to 128 letters, digits, - or _')
        const unheard: JobState = { requestId: taskId, status: 'unknown', isDone: false, items: [] }
        return watch(unheard, { ...watching, isUnheard: true })
      }
    },
    models: {
      async list({ signal, timeoutMs = QUESTION_TIMEOUT_MS } = {}) {
        const asked = { name: 'models.list', method: 'GET', money: 'none' } as const
        const path = `${service.apiPath}/models`
        const operation: Operation = { ...asked, path, timeoutMs, ...(signal ? { signal } : {}) }
        const { body, response } = await connection.read(operation)
        const models = readModels(body)
        if (!models) throw connection.malformed(operation, response, 'no data')
        return models
      }
    },
    pricing: (call) => account.pricing(call),
    balance: (call) => account.balance(call),
    async estimate(item) {
      const shapes: readonly Shape<ImageItem | VideoItem>[] = [...service.images, ...service.videos]
      const { path, body } = shapeFor(shapes, item).request(item)
      const isForm = body instanceof FormData
      const sale = await tariff({ method: 'POST', path, body: isForm ? {} : body, files: 0 })
      if (!sale) throw unpriced(service.name, item.model)
      return sale.most
    }
  }
}

/** What every item says. */
interface Named {
  readonly model: string
}

function unknownModel(model: string) {
  return {
    field: 'model',
    rule: 'model_unknown',
    message: `"${model.slice(0, 60)}" is not known to make this`,
    allowed: 'a model of the service, see models.list()'
  }
}

function withoutSlash({ href }: URL): string {
  return href.replace(/\/$/, '')
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

/** What lies at the service itself is fetched with the key, and nothing else is (Tokenhot 54). */
function assetFetch(service: URL, plain: FetchLike, authorized: FetchLike): FetchLike {
  return (url, init) => (new URL(url).origin === service.origin ? authorized : plain)(url, init)
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
