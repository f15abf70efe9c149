import type { JsonObject } from '@bursar/core'
import { highestOf } from '../../shared/metering/price.js'
import { textAt } from '../../shared/service/fields.js'
import type { Catalogue, VideoModel } from '../catalogue/model.js'

/** What one item of a generation request can cost at most. */
export interface ItemBound {
  readonly model: string
  /** In tenths of a credit; `undefined` when the catalogue lists no price. */
  readonly tenths: bigint | undefined
  /** What is asked for has a price of its own, which is not published. */
  readonly isUnlisted: boolean
}

/** Bounds an item as it goes over the wire. */
export function itemBound(item: JsonObject, catalogue: Catalogue): ItemBound {
  const model = textAt(item, 'model') ?? ''
  if (item.type === 'video') {
    const listed = catalogue.videos.find(({ name }) => name === model)
    return { model, tenths: listed && videoTenths(item, listed), isUnlisted: false }
  }
  const listed = catalogue.images.find(({ name }) => name === model)
  return { model, tenths: listed?.costTenths, isUnlisted: resolutions.some((field) => item[field] === true) }
}

/** Katana 112: lower and higher resolutions, whose prices are printed nowhere. */
const resolutions = ['is_fast', 'fast_mode', 'is_uhd', 'uhd_mode']

/** Katana 127 and 132: by its length, which is another where audio drives it. */
function videoTenths(item: JsonObject, { costsTenths, rules }: VideoModel): bigint | undefined {
  const media = item.video_image_data
  const hasAudio = typeof media === 'object' && media !== null && 'audio_input_urls' in media
  if (!hasAudio || !rules.includes('audio_drives_duration')) return costsTenths.get(secondsOf(item))
  return highestOf(0n, ...costsTenths.values())
}

function secondsOf({ duration_seconds: seconds }: JsonObject): number {
  return typeof seconds === 'number' ? seconds : 0
}
