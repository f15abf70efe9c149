import type { JsonObject } from '@bursar/core'
import type { Job } from '../shared/job/job.js'
import type { Asset } from '../shared/job/job-state.js'
import type { Catalogue } from './catalogue/model.js'
import type { ChatBody } from './chat-body.js'
import type { ChatCompletions } from './chat-completion.js'
import type { Continuation } from './final-frame.js'
import type { GenerationItem, ImageItem, VideoItem } from './item.js'
import type { Estimate } from './pricing/estimate.js'
import type { Attestation } from './queries.js'
import type { AttestationOptions, QueryOptions } from './query-options.js'
import type { GenerateOptions, ResumeOptions } from './submission.js'
import type { AccountBalance } from './wire/balance.js'

/** imgnAI Katana: images, videos and text. */
export interface KatanaClient {
  readonly images: {
    /**
     * Has images made: one job, of one item or several.
     *
     * @throws {BursarError} `request/invalid`, `service/*`, `job/unrecorded`, and what the fetch throws.
     * @example
     * ```ts
     * const job = await katana.images.generate({ model: 'gen', prompt: 'A mug', aspectRatio: '1:1' })
     * ```
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
    /** Resumes a job that an earlier process submitted. @throws {TypeError} when the id is malformed. */
    resume(requestId: string, options?: ResumeOptions): Job
  }
  readonly chat: { readonly completions: ChatCompletions }
  readonly models: {
    /** What Katana sells today. `katanaCatalogue` is the snapshot of this version. @throws {BursarError} `service/*` */
    list(options?: QueryOptions): Promise<Catalogue>
  }
  readonly account: {
    /** What is left on the account of the API key. @throws {BursarError} `service/*` @throws {TypeError} without a key. */
    balance(options?: QueryOptions): Promise<AccountBalance>
  }
  /** Katana's own description of its x402 payments, unchanged. @throws {BursarError} `service/*` */
  discovery(options?: QueryOptions): Promise<JsonObject>
  /**
   * The proof that a private model runs in confidential computing, as Katana gives it. The caller verifies it.
   *
   * @throws {BursarError} `request/invalid`, `service/*`
   */
  attestation(model: string, options?: AttestationOptions): Promise<Attestation>
  /** What the catalogue says that items or a chat cost; `undefined` where it lists no price. */
  estimate(request: GenerationItem | readonly GenerationItem[] | ChatBody): Estimate | undefined
}
