import type { JsonObject } from '@bursar/core'
import type { JobState } from '../shared/job/job-state.js'
import type { PricingRule } from '../shared/metering/charge.js'
import type { Price } from '../shared/metering/price.js'
import type { ImageFamily, VideoFamily } from './model-family.js'

/** A service that bills an account by a key: everything in which one differs from another. */
export interface RelayService<ImageItem, EditItem, VideoItem> {
  readonly name: string
  /** Of the origin: `https://tokenhub.store`. */
  readonly baseUrl: string
  /** What every path of the API begins with: `/v1`. */
  readonly apiPath: string
  /** The shape of the service's keys, and how to say so. */
  readonly key: { readonly shape: RegExp; readonly words: string }
  /** The APIs of texts, images and audio that the service speaks itself, by path, and for which requests. */
  readonly spoken: SpokenApis
  readonly pricing: (prices: LivePrices) => PricingRule
  readonly images: readonly ImageFamily<ImageItem>[]
  readonly edits: readonly ImageFamily<EditItem>[]
  readonly videos: readonly VideoFamily<VideoItem>[]
  /** Where videos are requested, from the service's own path on: `/video/generations`. */
  readonly videoPath: string
  readonly tasks: TaskReader
  /** Milliseconds for which the URL of an image or a video works. */
  readonly assetLifeMs: number
  /** Where the service lists what its models cost today, and what is left. Absent where it documents none. */
  readonly account?: AccountPaths
}

/** APIs by their paths: `/messages`. */
type SpokenApis = ReadonlyMap<string, (body: JsonObject) => boolean>

/** How a service reports the state of a task. */
export interface TaskReader {
  /** From the service's own path on. */
  path(id: string): string
  /** `undefined` when the answer is of another shape. */
  read(answer: JsonObject, id: string): JobState | undefined
}

/** Endpoints of an account, all on the origin. */
export interface AccountPaths {
  readonly pricing: string
  readonly subscription: string
  readonly usage: string
}

/** What a model costs today, as the service lists it. */
export type LivePrices = (model: string) => Promise<Price | undefined>
