import type { Dimensions } from '../images/dimensions.js'
import { draw } from '../images/draw.js'
import { blend, type Picture } from '../images/picture.js'
import { pictureParameters, samePicture, sequenceParameters, wholePicture } from './h264.js'
import { muxMp4 } from './mp4.js'

const FRAMES_PER_SECOND = 8
const BAR_HEIGHT = 4

/** What a film shows. */
export interface Film extends Dimensions {
  readonly prompt: string
  readonly seconds: number
}

/**
 * Films a prompt's picture for some seconds, with a bar below that grows from second to second. Plain samples and
 * repeated pictures of H.264, which every player decodes; silent.
 */
export function filmMp4(film: Film): Uint8Array {
  const count = Math.max(1, Math.round(film.seconds * FRAMES_PER_SECOND))
  const pictures = Array.from({ length: count }, (_, index) => {
    const frame = index % FRAMES_PER_SECOND
    const isWhole = frame === 0
    const second = index / FRAMES_PER_SECOND
    const unit = isWhole ? wholePicture(pictureAt(film, second), second) : samePicture(film, frame)
    return { unit, isWhole }
  })
  const { width, height } = film
  return muxMp4({
    width,
    height,
    framesPerSecond: FRAMES_PER_SECOND,
    sequenceParameters: sequenceParameters(film),
    pictureParameters: pictureParameters(),
    pictures
  })
}

/** The picture that a film ends with. */
export function finalPicture(film: Film): Picture {
  return pictureAt(film, Math.ceil(film.seconds) - 1)
}

function pictureAt({ prompt, width, height, seconds }: Film, second: number): Picture {
  const picture = draw(prompt, width, height)
  const end = Math.round((width * Math.min(second + 1, seconds)) / seconds)
  for (let y = height - BAR_HEIGHT; y < height; y++) {
    for (let x = 0; x < end; x++) blend(picture, x, y, [255, 255, 255], 1)
  }
  return picture
}
