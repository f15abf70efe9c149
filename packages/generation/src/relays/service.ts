import type { JsonObject, RequestViolation } from '@bursar/core'
import type { JobState } from '../shared/job/job-state.js'
import type { PricingRule } from '../shared/metering/charge.js'
import type { Price } from '../shared/metering/price.js'

/** One request, as a service wants it. */
export interface WireRequest {
  /** From the service's own path on, such as `/images/generations`. */
  readonly path: string
  readonly body: JsonObject | FormData
  /** In place of the service's own path: `/v1beta`. */
  readonly apiPath?: string
}

/** How one family of models takes what is to be made. */
export interface Shape<Item> {
  /** Whether a model is of the family. */
  takes(model: string): boolean
  /** What the service would refuse, told before it is sent. */
  check(item: Item): readonly RequestViolation[]
  request(item: Item): WireRequest
}

/** A family of models that answer with pictures at once. */
export interface ImageShape<Item> extends Shape<Item> {
  /** None when the answer is of another shape. */
  read(answer: JsonObject): readonly PictureSource[]
}

/** Where a picture is to be had. */
export interface PictureSource {
  /** https, or `data:`. */
  readonly url: string
  readonly mimeType?: string
}

/** A family of models that take a task and are asked about it. */
export interface VideoShape<Item> extends Shape<Item> {
  /** The id in the answer to a submission. */
  taskId(answer: JsonObject): string | undefined
}

/** How a service tells where a task stands. */
export interface TaskReader {
  /** From the service's own path on. */
  path(id: string): string
  /** `undefined` when the answer is of another shape. */
  read(answer: JsonObject, id: string): JobState | undefined
}

/** A service that bills an account by a key: everything in which one differs from another. */
export interface RelayService<ImageItem, EditItem, VideoItem> {
  readonly name: string
  /** Of the origin: `https://tokenhub.store`. */
  readonly baseUrl: string
  /** What every path of the API begins with: `/v1`. */
  readonly apiPath: string
  /** What the service's keys look like, and how to say so. */
  readonly key: { readonly shape: RegExp; readonly words: string }
  readonly pricing: (prices: LivePrices) => PricingRule
  readonly images: readonly ImageShape<ImageItem>[]
  readonly edits: readonly ImageShape<EditItem>[]
  readonly videos: readonly VideoShape<VideoItem>[]
  readonly tasks: TaskReader
  /** Milliseconds that a picture's or a film's URL lives. */
  readonly assetLifeMs: number
  /** Where the service lists what its models cost today, and what is left. Absent where it documents none. */
  readonly account?: AccountPaths
}

/** Endpoints of an account, all on the origin. */
export interface AccountPaths {
  readonly pricing: string
  readonly subscription: string
  readonly usage: string
}

/** What a model costs today, as the service lists it. */
export type LivePrices = (model: string) => Promise<Price | undefined>
