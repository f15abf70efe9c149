import {
  type AtomicUsdc,
  type BursarParts,
  type bursarParts,
  checkFlag,
  checkFunction,
  checkHttpUrl,
  checkObject,
  checkStorableText,
  type OptionChecks,
  recordOf,
  unchecked,
  wholeNumberFrom
} from '@bursar/core'
import type { Job, WatchOptions } from '../shared/job/job.js'
import type { Price } from '../shared/metering/price.js'
import type { FetchLike } from '../shared/service/operation.js'
import type { RelayBalance } from './new-api.js'

/** A bursar, as far as a service needs it that bills an account: it enters what is billed, under its limits. */
export interface MeteringBursar {
  readonly [bursarParts]: () => Pick<BursarParts, 'clock' | 'random' | 'createAccountMeter'>
}

/** What a client of a service that bills by key is made from. */
export interface RelayOptions {
  /**
   * The account's key. Never in a body, a URL, a log or an error. Required.
   *
   * @example { apiKey: process.env.OPENCLAW_API_KEY }
   */
  readonly apiKey: string
  /**
   * Where the service lives. Must be https; this machine may be http. Default: the service's own address.
   *
   * @example { baseUrl: `${gateway.url}/relays/openclaw` }
   */
  readonly baseUrl?: string | undefined
  /** Sends everything. Not `bursar.fetch`: there is nothing to pay per call. Default: the platform's fetch. */
  readonly fetch?: FetchLike | undefined
  /**
   * Kept with every call in the ledger, and what `limits.perLabel` counts by. Default: none.
   *
   * @example { labels: { agent: 'research' } }
   */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /**
   * What models cost that neither the service's list nor this version's snapshot knows. Default: a request for such a
   * model is refused with `price/unknown`.
   *
   * @example { prices: { 'gpt-5-5': tokenPrice('1.25', '10.00') } }
   */
  readonly prices?: Readonly<Record<string, Price>> | undefined
  /**
   * Tokens that an answer is limited to when its request for text sets no limit. Default 16_384.
   *
   * @example { maxOutputTokens: 4096 }
   */
  readonly maxOutputTokens?: number | undefined
  /**
   * Whether what the service would refuse is refused before it is sent. Default `true`.
   *
   * @example { validate: false }
   */
  readonly validate?: boolean | undefined
}

/** The options of {@link RelayOptions}. The key is looked at where it is read, which shows nothing of it. */
export const relayChecks: OptionChecks<RelayOptions> = {
  apiKey: unchecked,
  baseUrl: checkHttpUrl,
  fetch: checkFunction,
  labels: recordOf(checkStorableText),
  prices: recordOf(checkObject),
  maxOutputTokens: wholeNumberFrom(1, 10_000_000),
  validate: checkFlag
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
    generate(item: VideoItem, watch?: WatchOptions): Promise<Job>
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
