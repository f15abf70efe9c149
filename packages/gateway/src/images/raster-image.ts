/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [number, number, number]

/** An image in memory: three bytes a pixel, row by row. */
export interface RasterImage {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** A black image. */
export function blankImage(width: number, height: number): RasterImage {
  return { width, height, pixels: new Uint8Array(width * height * 3) }
}

/** Blends a colour into a pixel. A pixel outside the image is ignored. */
export function blend(
  { width, height, pixels }: RasterImage,
  x: number,
  y: number,
  colour: Colour,
  opacity: number
): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return
  const offset = (y * width + x) * 3
  for (let channel = 0; channel < 3; channel++) {
    const under = pixels[offset + channel] ?? 0
    pixels[offset + channel] = under + ((colour[channel] ?? 0) - under) * opacity
  }
}

/** The colour between two, `share` of the way. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share
  ]
}

/** A colour by hue in degrees, saturation and lightness from 0 to 1. */
export function hsl(hue: number, saturation: number, lightness: number): Colour {
  const chroma = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number): number => {
    const place = (((offset + hue / 30) % 12) + 12) % 12
    return 255 * (lightness - chroma * Math.max(-1, Math.min(place - 3, 9 - place, 1)))
  }
  return [channel(0), channel(8), channel(4)]
}
