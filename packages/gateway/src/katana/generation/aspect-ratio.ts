import type { Dimensions } from '../../images/dimensions.js'
import { ItemError } from './item-rejection.js'

/** The longer side of an image in pixels. Half of it for fast, twice for UHD. */
const IMAGE_LONG_SIDE = 1024
/** The longer side of a video. Small, because its frames are stored without compression. */
const VIDEO_LONG_SIDE = 160

/** How large an image is. */
export type Resolution = 'normal' | 'fast' | 'uhd'

/**
 * Chooses the aspect ratio of an item (Katana 97 to 99). `auto` takes the listed ratio that is nearest to the source
 * image's, or 1:1 without one.
 *
 * @throws {ItemError} when the model does not list the ratio.
 */
export function chooseAspect(
  requested: string,
  model: { readonly id: string; readonly aspects: readonly string[] },
  source: Dimensions | undefined
): string {
  const wanted = requested !== 'auto' ? requested : source ? nearestAspect(model.aspects, source) : '1:1'
  if (wanted === undefined || !model.aspects.includes(wanted))
    throw new ItemError('unsupported_aspect_ratio', `${model.id} does not list ${requested}`)
  return wanted
}

/** The size of an image with a ratio such as `16:9`. */
export function sizeOf(aspect: string, resolution: Resolution): Dimensions {
  const factor = { fast: 1 / 2, normal: 1, uhd: 2 }[resolution]
  return scaleTo(aspect, IMAGE_LONG_SIDE * factor, Math.round)
}

/** The size of a video with a ratio. Both sides are even, as H.264 requires. */
export function videoSizeOf(aspect: string): Dimensions {
  return scaleTo(aspect, VIDEO_LONG_SIDE, (side) => Math.round(side / 2) * 2)
}

/** Of the listed ratios, the one nearest to an image's, by their quotient (Katana 98). */
function nearestAspect(listed: readonly string[], { width, height }: Dimensions): string | undefined {
  const distance = (aspect: string): number => Math.abs(Math.log(quotientOf(aspect) / (width / height)))
  return [...listed].sort((left, right) => distance(left) - distance(right))[0]
}

function scaleTo(aspect: string, longSide: number, round: (side: number) => number): Dimensions {
  const quotient = quotientOf(aspect)
  return quotient >= 1
    ? { width: longSide, height: round(longSide / quotient) }
    : { width: round(longSide * quotient), height: longSide }
}

function quotientOf(aspect: string): number {
  const [width = 1, height = 1] = aspect.split(':').map(Number)
  return width / height
}
