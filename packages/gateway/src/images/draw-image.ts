import { CELL, eachDot, wrap } from './font.js'
import { blankImage, blend, type Colour, hsl, mix, type RasterImage } from './raster-image.js'
import { type SeededRandom, seededRandom } from './seeded-random.js'

const RIDGES = 5
const MAX_LINES = 3
const ink: Colour = [255, 252, 244]

/**
 * Draws a landscape from a prompt: sky, sun and ridges in colours and shapes that the prompt's hash chooses,
 * with the prompt written below. The same prompt and size give the same image.
 */
export function drawImage(prompt: string, width: number, height: number): RasterImage {
  const random = seededRandom(prompt)
  const hue = random.between(0, 360)
  const image = blankImage(width, height)
  paintSky(image, hue, random)
  paintRidges(image, hue, random)
  writeCaption(image, prompt)
  return image
}

function paintSky({ width, height, pixels }: RasterImage, hue: number, random: SeededRandom): void {
  const zenith = hsl(hue, 0.55, 0.3)
  const horizon = hsl(hue + random.between(30, 80), 0.75, 0.78)
  const sun = hsl(hue + random.between(40, 100), 0.95, 0.86)
  const sunX = random.between(0.2, 0.8) * width
  const sunY = random.between(0.2, 0.45) * height
  const radius = random.between(0.08, 0.16) * Math.min(width, height)
  for (let y = 0, offset = 0; y < height; y++) {
    const air = mix(zenith, horizon, Math.min(1, y / (0.75 * height)))
    for (let x = 0; x < width; x++, offset += 3) {
      const distance = Math.hypot(x - sunX, y - sunY)
      const disc = Math.max(0, Math.min(1, radius - distance + 0.5))
      const glow = 0.7 * Math.exp(-Math.max(0, distance - radius) / (radius * 2.5))
      const light = Math.max(disc, glow)
      pixels[offset] = air[0] + (sun[0] - air[0]) * light
      pixels[offset + 1] = air[1] + (sun[1] - air[1]) * light
      pixels[offset + 2] = air[2] + (sun[2] - air[2]) * light
    }
  }
}

/** Each ridge is nearer, darker and lower than the one behind it. */
function paintRidges(image: RasterImage, hue: number, random: SeededRandom): void {
  const { width, height } = image
  const far = hsl(hue + 25, 0.45, 0.62)
  const near = hsl(hue - 10, 0.5, 0.14)
  for (let ridge = 0; ridge < RIDGES; ridge++) {
    const nearness = ridge / (RIDGES - 1)
    const colour = mix(far, near, nearness)
    const skyline = skylineOf(random, (0.45 + 0.33 * nearness) * height, 0.07 * height, width)
    for (let x = 0; x < width; x++) {
      const top = skyline(x)
      const first = Math.max(0, Math.floor(top))
      blend(image, x, first, colour, 1 - (top - first))
      for (let y = first + 1; y < height; y++) blend(image, x, y, colour, 1)
    }
  }
}

/** A sum of three waves, each shorter and lower than the last. */
function skylineOf(random: SeededRandom, level: number, swing: number, width: number): (x: number) => number {
  const waves = [1, 2.3, 5.1].map((pitch) => ({
    pitch: (pitch * random.between(0.8, 1.4) * 2 * Math.PI) / width,
    phase: random.between(0, 2 * Math.PI),
    swing: swing / pitch
  }))
  return (x) => waves.reduce((y, wave) => y + wave.swing * Math.sin(wave.pitch * x + wave.phase), level)
}

function writeCaption(image: RasterImage, prompt: string): void {
  const { width, height } = image
  const scale = Math.max(1, Math.round(Math.min(width / 256, height / 128)))
  const columns = Math.max(4, Math.floor(width / (CELL.width * scale)) - 2)
  const lines = wrap(prompt.trim(), columns, MAX_LINES)
  const top = height - (lines.length * CELL.height + CELL.height) * scale
  for (const [row, line] of lines.entries()) {
    for (const [column, character] of [...line].entries()) {
      eachDot(character, (dotX, dotY) => {
        const x = ((column + 1) * CELL.width + dotX) * scale
        const y = top + (row * CELL.height + dotY) * scale
        fillSquare(image, x, y, scale)
      })
    }
  }
}

function fillSquare(image: RasterImage, left: number, top: number, side: number): void {
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) blend(image, x, y, ink, 0.92)
  }
}
