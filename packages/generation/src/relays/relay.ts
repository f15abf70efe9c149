import type { AtomicUsdc } from '@bursar/core'
import type { Job, WatchOptions } from '../shared/job/job.js'
import type { Price } from '../shared/metering/price.js'
import type { SdkFetch } from '../shared/sdk/sdk-fetch.js'
import type { SdkOptions } from '../shared/service/sdk-options.js'
import type { RawItem } from './raw-item.js'
import type { RelayCall } from './relay-options.js'
import type { RelayBalance } from './wire/balance.js'

/** A service that bills an account by a key, under the same limits and in the same ledger as what is paid. */
export interface Relay<ImageItem, EditItem, VideoItem> {
  readonly service: string
  readonly origin: string
  /** Sends with the key, and enters what is billed. For endpoints that have no method of their own. */
  readonly fetch: typeof globalThis.fetch
  /**
   * The same for SDKs, which ask again by themselves when an answer is lost or late, and are billed nothing for it: a call that
   * an SDK gave up goes on, and is answered to the next that is equal. What SDKs have beside that (embeddings, files and the like,
   * and audio where the service documents none) is refused by name, as by the proxy: `fetch` sends it.
   */
  readonly sdkFetch: SdkFetch
  /** Sets up OpenAI's SDK for the service: `relay.openai(OpenAI)`. */
  openai<Client>(sdk: new (options: SdkOptions) => Client): Client
  /** Sets up Anthropic's SDK for the service: `relay.anthropic(Anthropic)`. */
  anthropic<Client>(sdk: new (options: SdkOptions) => Client): Client
  /** What to export for Claude Code and other programs of Anthropic's SDK. Holds the key, and is counted nowhere. */
  claudeEnv(): { readonly ANTHROPIC_BASE_URL: string; readonly ANTHROPIC_API_KEY: string }
  readonly images: {
    /**
     * Has images made. A body of the caller's own goes as `{ model, raw }`.
     *
     * @throws {BursarError} `request/invalid`, `price/unknown`, `offer/*`, `service/*`, `ledger/*`
     */
    generate(item: ImageItem | RawItem, call?: RelayCall): Promise<Job>
    /** Has images edited. @throws as `generate` */
    edit(item: EditItem, call?: RelayCall): Promise<Job>
  }
  readonly videos: {
    /** Has a video made. A body of the caller's own goes as `{ model, raw }`. @throws as `images.generate` */
    generate(item: VideoItem | RawItem, watch?: WatchOptions): Promise<Job>
  }
  readonly jobs: {
    /** Resumes a video that an earlier process submitted. @throws {TypeError} when the id is malformed. */
    resume(taskId: string, watch?: WatchOptions): Job
  }
  readonly models: {
    /** The names of what is sold today. @throws {BursarError} `service/*` */
    list(call?: RelayCall): Promise<readonly string[]>
  }
  /** What models cost today. @throws {BursarError} `service/*` @throws {TypeError} where the service lists no prices. */
  pricing(call?: RelayCall): Promise<ReadonlyMap<string, Price>>
  /** What is left. @throws {BursarError} `service/*` @throws {TypeError} where the service reports no balance. */
  balance(call?: RelayCall): Promise<RelayBalance>
  /** The most that an item can cost. @throws {BursarError} `request/invalid`, `price/unknown` */
  estimate(item: ImageItem | VideoItem): Promise<AtomicUsdc>
}
