import type { Dimensions } from '../images/dimensions.js'
import { drawImage } from '../images/draw-image.js'
import { blend, type RasterImage } from '../images/raster-image.js'
import { keyFrame, pictureParameters, repeatedFrame, sequenceParameters } from './h264.js'
import { muxMp4 } from './mp4.js'

const FRAMES_PER_SECOND = 8
const BAR_HEIGHT = 4

/** What a video shows. */
export interface VideoContent extends Dimensions {
  readonly prompt: string
  readonly seconds: number
}

/**
 * Shows a prompt's picture for some seconds, with a bar below that grows from second to second. Plain samples and
 * repeated pictures of H.264, which every player decodes; silent.
 */
export function renderMp4(video: VideoContent): Uint8Array {
  const count = Math.max(1, Math.round(video.seconds * FRAMES_PER_SECOND))
  const frames = Array.from({ length: count }, (_, index) => {
    const frame = index % FRAMES_PER_SECOND
    const isKeyFrame = frame === 0
    const second = index / FRAMES_PER_SECOND
    const unit = isKeyFrame ? keyFrame(frameAt(video, second), second) : repeatedFrame(video, frame)
    return { unit, isKeyFrame }
  })
  const { width, height } = video
  return muxMp4({
    width,
    height,
    framesPerSecond: FRAMES_PER_SECOND,
    sequenceParameters: sequenceParameters(video),
    pictureParameters: pictureParameters(),
    frames
  })
}

/** The picture that a video ends with. */
export function lastFrame(video: VideoContent): RasterImage {
  return frameAt(video, Math.ceil(video.seconds) - 1)
}

function frameAt({ prompt, width, height, seconds }: VideoContent, second: number): RasterImage {
  const image = drawImage(prompt, width, height)
  const end = Math.round((width * Math.min(second + 1, seconds)) / seconds)
  for (let y = height - BAR_HEIGHT; y < height; y++) {
    for (let x = 0; x < end; x++) blend(image, x, y, [255, 255, 255], 1)
  }
  return image
}
