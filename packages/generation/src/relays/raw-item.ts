import type { JsonObject } from '@bursar/core'
import type { FieldNames } from '../shared/checks/check-fields.js'
import type { ImageFamily, VideoFamily } from './model-family.js'

/**
 * A request whose shape nobody documents, as the caller gives it. It is priced at the most that the service's price list knows
 * of its model: the longest video, where the body does not say how long it is.
 *
 * @example
 * ```ts
 * const job = await tokenhot.videos.generate({ model: 'MiniMax-Hailuo-2.3', raw: { prompt: 'A wave', duration: 6 } })
 * ```
 */
export interface RawItem {
  readonly model: string
  /** The body but for the model, which is added. */
  readonly raw: JsonObject
}

/** Whether an item is a body of the caller's own. */
export function isRawItem(item: { readonly model: string }): item is RawItem {
  return 'raw' in item && typeof item.raw === 'object' && item.raw !== null
}

/** Videos by a body of the caller's own. */
export const rawVideo = (path: string): VideoFamily<RawItem> => ({
  fields: { model: true, raw: true } satisfies FieldNames<RawItem>,
  includes: () => true,
  check: () => [],
  request: ({ model, raw }) => ({ path, body: { ...raw, model } })
})

/** Images by a body of the caller's own. What comes back is read as any of the service's families does. */
export function rawImage<Item>(families: readonly ImageFamily<Item>[]): ImageFamily<RawItem> {
  return {
    fields: { model: true, raw: true } satisfies FieldNames<RawItem>,
    includes: () => true,
    check: () => [],
    request: ({ model, raw }) => ({ path: '/images/generations', body: { ...raw, model } }),
    readImages: (answer) =>
      families.map(({ readImages }) => readImages(answer)).find((images) => images.length > 0) ?? []
  }
}
