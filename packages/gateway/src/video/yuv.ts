import type { RasterImage } from '../images/raster-image.js'

/** A macroblock's samples: 256 of brightness, then 64 of each colour difference. */
export type Macroblock = Uint8Array

/** Pixels on a side of a macroblock. */
export const BLOCK = 16

/**
 * The macroblocks of a picture, row by row; beyond its edges the last pixels go on.
 *
 * @see ITU-R BT.601
 */
export function* macroblocks(image: RasterImage): Generator<Macroblock, void, undefined> {
  for (let top = 0; top < image.height; top += BLOCK) {
    for (let left = 0; left < image.width; left += BLOCK) yield macroblockAt(image, left, top)
  }
}

function macroblockAt(image: RasterImage, left: number, top: number): Macroblock {
  const block = new Uint8Array(384)
  for (let y = 0; y < BLOCK; y++) {
    for (let x = 0; x < BLOCK; x++) {
      const [red, green, blue] = pixelAt(image, left + x, top + y)
      block[y * BLOCK + x] = 16 + 0.257 * red + 0.504 * green + 0.098 * blue
      if (y % 2 === 1 || x % 2 === 1) continue
      const at = 256 + (y / 2) * 8 + x / 2
      block[at] = 128 - 0.148 * red - 0.291 * green + 0.439 * blue
      block[at + 64] = 128 + 0.439 * red - 0.368 * green - 0.071 * blue
    }
  }
  return block
}

function pixelAt({ width, height, pixels }: RasterImage, x: number, y: number): [number, number, number] {
  const at = (Math.min(y, height - 1) * width + Math.min(x, width - 1)) * 3
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0]
}
