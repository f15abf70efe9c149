import type { Dimensions } from '../../images/dimensions.js'

/** The longer side of a picture in pixels; half of it for fast, twice for UHD. */
const LONG_SIDE = 1024
/** Of a film: its pictures are stored sample by sample. */
const VIDEO_LONG_SIDE = 160

/** How large a picture is drawn. */
export type Resolution = 'normal' | 'fast' | 'uhd'

/** Katana 98: of the listed ratios, the one nearest to an image's, by their quotient. */
export function nearestAspect(listed: readonly string[], { width, height }: Dimensions): string | undefined {
  const distance = (aspect: string): number => Math.abs(Math.log(quotientOf(aspect) / (width / height)))
  return [...listed].sort((left, right) => distance(left) - distance(right))[0]
}

/** The size that a ratio such as `16:9` is drawn in. */
export function sizeOf(aspect: string, resolution: Resolution): Dimensions {
  const long = resolution === 'fast' ? LONG_SIDE / 2 : resolution === 'uhd' ? LONG_SIDE * 2 : LONG_SIDE
  const value = quotientOf(aspect)
  return value >= 1
    ? { width: long, height: Math.round(long / value) }
    : { width: Math.round(long * value), height: long }
}

/** The size that a film of a ratio is shot in: small, and even on both sides. */
export function videoSizeOf(aspect: string): Dimensions {
  const even = (side: number): number => Math.round(side / 2) * 2
  const value = quotientOf(aspect)
  return value >= 1
    ? { width: VIDEO_LONG_SIDE, height: even(VIDEO_LONG_SIDE / value) }
    : { width: even(VIDEO_LONG_SIDE * value), height: VIDEO_LONG_SIDE }
}

function quotientOf(aspect: string): number {
  const [width = 1, height = 1] = aspect.split(':').map(Number)
  return width / height
}
