import { highestOf } from '../../shared/metering/price.js'
import type { Catalogue, VideoModel } from '../catalogue/model.js'
import type { RequestedItem } from '../wire/generation-request.js'

/** What one item of a generation request can cost at most. */
export interface ItemBound {
  /** In tenths of a credit; `undefined` when the catalogue lists no price. */
  readonly tenths: bigint | undefined
  /** Whether what is requested has a price of its own, which is not published. */
  readonly isUnlisted: boolean
}

/** Bounds an item as it goes over the wire. */
export function itemBound(item: RequestedItem, catalogue: Catalogue): ItemBound {
  if (item.type === 'video') {
    const listed = catalogue.videos.find(({ name }) => name === item.model)
    return { tenths: listed && videoTenths(item, listed), isUnlisted: false }
  }
  const listed = catalogue.images.find(({ name }) => name === item.model)
  // Katana 112: lower and higher resolutions have prices that are published nowhere.
  const { is_fast, fast_mode, is_uhd, uhd_mode } = item
  return { tenths: listed?.costTenths, isUnlisted: [is_fast, fast_mode, is_uhd, uhd_mode].includes(true) }
}

/** Katana 127 and 132: by its length, which is another where audio drives it. */
function videoTenths(item: RequestedItem, { costsTenths, rules }: VideoModel): bigint | undefined {
  const hasAudio = item.video_image_data.audio_input_urls !== undefined
  if (hasAudio && rules.includes('audio_drives_duration')) return highestOf(0n, ...costsTenths.values())
  return costsTenths.get(item.duration_seconds ?? 0)
}
