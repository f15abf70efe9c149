import type { JsonObject, RequestViolation } from '@bursar/core'

/** Every item names its model. */
export interface ModelItem {
  readonly model: string
}

/** One request, as a service wants it. */
export interface WireRequest {
  /** From the service's own path on: `/images/generations`. */
  readonly path: string
  readonly body: JsonObject | FormData
  /** In place of the service's own path: `/v1beta`. */
  readonly apiPath?: string
}

/**
 * How the models of one family take their items. A family is handed an item only after it said that it includes the
 * item's model.
 */
export interface ModelFamily<Item> {
  /** What an item may have. */
  readonly fields: Readonly<Record<string, true>>
  /** Whether a model belongs to the family. */
  includes(model: string): boolean
  /** What the service would reject, found before anything is sent. */
  check(item: Item): readonly RequestViolation[]
  request(item: Item): WireRequest
}

/** A family whose models answer with images at once. */
export interface ImageFamily<Item> extends ModelFamily<Item> {
  /** The images of an answer; none when the answer is of another shape. */
  readImages(answer: JsonObject): readonly ImageSource[]
}

/** Where an image is. */
export interface ImageSource {
  /** https, or `data:`. */
  readonly url: string
  readonly mimeType?: string
}

/** A family whose models accept a task that is polled. */
export type VideoFamily<Item> = ModelFamily<Item>
