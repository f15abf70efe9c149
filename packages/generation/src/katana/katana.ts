import {
  type AccountMeter,
  type Clock,
  type JsonObject,
  type RandomBytes,
  systemClock,
  systemRandom
} from '@bursar/core'
import type { Job } from '../shared/job/job.js'
import type { Asset } from '../shared/job/job-state.js'
import { createMeteredFetch } from '../shared/metering/metered-fetch.js'
import type { Price } from '../shared/metering/price.js'
import { Connection } from '../shared/service/connection.js'
import type { FetchLike, ReceiptOf } from '../shared/service/operation.js'
import { parseBaseUrl } from '../shared/service/origin.js'
import { type AccountBalance, createAccount } from './account.js'
import type { Billing } from './billing.js'
import type { Catalogue } from './catalogue/model.js'
import { katanaCatalogue } from './catalogue/snapshot.js'
import { type ChatCompletions, createChat } from './chat.js'
import type { ChatBody } from './chat-body.js'
import { type ApiKey, keyHeaders } from './credentials.js'
import { type Continuation, finalFrameOf } from './extend.js'
import { type GenerateOptions, Generations, type OnSubmitted, type ResumeOptions } from './generations.js'
import type { GenerationItem, ImageItem, VideoItem } from './item.js'
import { defaultOutputTokens, type Estimate, estimateChat, estimateItems } from './pricing/estimate.js'
import { katanaPricingRule } from './pricing/pricing-rule.js'
import { type CallAbout, openSession, type Session } from './session.js'

/** What a Katana client is made from. */
export interface KatanaClientOptions {
  /** Sends what costs something: `bursar.fetch`, to have it paid. Default: the platform's, which pays nothing. */
  readonly fetch?: FetchLike
  /**
   * Sends what is free: questions about jobs, lists, downloads. Default: the platform's. Not `bursar.fetch`, which would
   * pay when the service asks money for them.
   */
  readonly plainFetch?: FetchLike
  /** `bursar.receiptOf`, by which failures can say whether anything was paid. */
  readonly receiptOf?: ReceiptOf
  /** Default `https://kat.imgnai.com`. Must be https; loopback may be http. */
  readonly baseUrl?: string
  /** An account's key and secret, apart or as `key:secret`. */
  readonly apiKey?: ApiKey
  /** Proves a prepaid balance: makes the value of `X-Sign-In-With-X` for one request. */
  readonly walletProof?: () => string | Promise<string>
  /** Sends what a prepaid balance pays for, and proves it by itself; in place of `walletProof`. */
  readonly walletFetch?: FetchLike
  /** Enters what the key is billed for in the ledger, under the limits. Absent: it is counted nowhere. */
  readonly meter?: AccountMeter
  /**
   * What models cost at most that are billed to the key and have no printed price: above a step in tokens, fast, UHD, or
   * not in the catalogue. By the public name.
   */
  readonly prices?: Readonly<Record<string, Price>>
  /** Adds to the init of every call that costs something, such as `{ bursar: { labels } }`. */
  readonly describe?: (about: CallAbout) => Readonly<Record<string, unknown>>
  /** Which path requests take. Default: `key` when there is a key, else `auto`. */
  readonly billing?: Billing
  /** Whether what Katana would refuse is refused before it is sent and paid. Default `true`. */
  readonly validate?: boolean
  /** What to validate against: the snapshot of this version by default, or what `models.list()` told. */
  readonly catalogue?: Catalogue
  /** Keeps the id of each job. Awaited before the job is first asked about. */
  readonly onSubmitted?: OnSubmitted
  readonly clock?: Clock
  readonly random?: RandomBytes
}

/** imgnAI Katana: images, videos and text. */
export interface KatanaClient {
  readonly images: {
    /**
     * Has images made: one job, of one item or several.
     *
     * @throws {BursarError} `request/invalid`, `service/*`, `job/unrecorded`, and whatever the fetch throws.
     */
    generate(items: ImageItem | readonly ImageItem[], options?: GenerateOptions): Promise<Job>
  }
  readonly videos: {
    /** Has videos made: one job, of one item or several. @throws as `images.generate` */
    generate(items: VideoItem | readonly VideoItem[], options?: GenerateOptions): Promise<Job>
    /** Has a video made that begins where another ends. @throws as `images.generate`, and `asset/*` */
    extend(video: Asset, item: Continuation, options?: GenerateOptions): Promise<Job>
  }
  /** Has images and videos made in one job. @throws as `images.generate` */
  generate(items: readonly GenerationItem[], options?: GenerateOptions): Promise<Job>
  readonly jobs: {
    /** Takes a job up that an earlier process began. @throws {TypeError} when the id is none. */
    resume(requestId: string, options?: ResumeOptions): Job
  }
  readonly chat: { readonly completions: ChatCompletions }
  readonly models: {
    /** What Katana sells today. `katanaCatalogue` is the same without asking. @throws {BursarError} `service/*` */
    list(options?: { readonly signal?: AbortSignal }): Promise<Catalogue>
  }
  readonly account: {
    /** What is left on the account of the API key. @throws {BursarError} `service/*` @throws {TypeError} without a key. */
    balance(options?: { readonly signal?: AbortSignal }): Promise<AccountBalance>
  }
  /** What Katana says of its x402 payments, as it says it. @throws {BursarError} `service/*` */
  discovery(options?: { readonly signal?: AbortSignal }): Promise<JsonObject>
  /**
   * The proof that a private model runs in confidential computing, as Katana gives it. Checking it is the caller's.
   *
   * @throws {BursarError} `request/invalid`, `service/*`
   */
  attestation(
    model: string,
    options?: { readonly nonce?: string; readonly signal?: AbortSignal }
  ): Promise<{ readonly nonce: string; readonly proof: JsonObject }>
  /** What the catalogue says that items or a chat cost; `undefined` where it lists no price. */
  estimate(request: GenerationItem | readonly GenerationItem[] | ChatBody): Estimate | undefined
}

const BASE_URL = 'https://kat.imgnai.com'

/**
 * Builds a client of imgnAI Katana.
 *
 * @example
 * ```ts
 * const katana = createKatanaClient({ fetch: bursar.fetch, receiptOf: bursar.receiptOf })
 * const job = await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
 * await job.save('out/')
 * ```
 * @throws {TypeError} when an option is malformed.
 */
export function createKatanaClient(options: KatanaClientOptions = {}): KatanaClient {
  const { clock = systemClock, random = systemRandom, catalogue = katanaCatalogue, onSubmitted } = options
  const baseUrl = parseBaseUrl(options.baseUrl ?? BASE_URL)
  const { plainFetch = platformFetch } = options
  const session = sessionOf(options, baseUrl, clock, plainFetch)
  const generations = new Generations({
    session,
    catalogue,
    baseUrl,
    plainFetch,
    clock,
    random,
    onSubmitted
  })
  const makeVideos = (items: readonly VideoItem[], call?: GenerateOptions): Promise<Job> => {
    const typed = items.map((item) => ({ ...item, type: 'video' as const }))
    return generations.submit('videos.generate', typed, call)
  }
  return {
    images: {
      generate(items, call) {
        const typed = listOf(items).map((item) => ({ ...item, type: 'image' as const }))
        return generations.submit('images.generate', typed, call)
      }
    },
    videos: {
      generate: (items, call) => makeVideos(listOf(items), call),
      extend: async (video, item, call) =>
        makeVideos([{ ...item, firstFrame: await finalFrameOf(video, baseUrl, plainFetch) }], call)
    },
    generate: (items, call) => generations.submit('generate', items, call),
    jobs: { resume: (requestId, watch) => generations.resume(requestId, watch) },
    chat: { completions: createChat(session, catalogue) },
    ...createAccount(session, catalogue, random),
    estimate(request) {
      if (isList<GenerationItem | ChatBody>(request)) return estimateItems(request.filter(isItem), catalogue)
      return isItem(request) ? estimateItems([request], catalogue) : estimateChat(request, catalogue)
    }
  }
}

/** Pays nothing and knows no credentials. */
const platformFetch: FetchLike = (url, init) => globalThis.fetch(url, init)

function sessionOf(options: KatanaClientOptions, baseUrl: URL, clock: Clock, plainFetch: FetchLike): Session {
  const { fetch = platformFetch, receiptOf, apiKey, validate = true, billing } = options
  const { walletProof, walletFetch, describe, meter, catalogue = katanaCatalogue, prices = {} } = options
  const account = {
    service: 'katana',
    apiUrl: new URL('v1', withSlash(baseUrl)),
    fetch: plainFetch,
    labels: {}
  }
  const metered =
    meter &&
    createMeteredFetch({
      ...account,
      meter,
      pricing: katanaPricingRule({ catalogue, prices }),
      outputLimit: ({ model }) =>
        defaultOutputTokens(catalogue.texts.find(({ name }) => name === model) ?? {})
    })
  const secret = typeof apiKey === 'object' ? apiKey.secret : apiKey?.slice(apiKey.indexOf(':') + 1)
  const tellReceipt: ReceiptOf = (response) => metered?.receiptOf(response) ?? receiptOf?.(response)
  const connection = new Connection({
    service: 'katana',
    baseUrl,
    fetch,
    plainFetch,
    clock,
    ...(secret ? { secret } : {}),
    ...(receiptOf || metered ? { receiptOf: tellReceipt } : {})
  })
  const keys = apiKey === undefined ? undefined : keyHeaders(apiKey)
  const session = openSession({
    connection,
    validate,
    billing,
    keyHeaders: keys,
    walletProof,
    walletFetch,
    keyFetch: metered?.fetch,
    describe
  })
  // A path that cannot be taken is told now, not with the first call.
  session.pathOf(undefined, 'media')
  return session
}

/** As a folder, so that paths can be put behind it. */
function withSlash({ href }: URL): string {
  return href.endsWith('/') ? href : `${href}/`
}

function isItem(request: object): request is GenerationItem {
  return 'type' in request && (request.type === 'image' || request.type === 'video')
}

function listOf<Item>(items: Item | readonly Item[]): readonly Item[] {
  return isList(items) ? items : [items]
}

/** `Array.isArray` does not tell readonly arrays. */
function isList<Item>(items: Item | readonly Item[]): items is readonly Item[] {
  return Array.isArray(items)
}
