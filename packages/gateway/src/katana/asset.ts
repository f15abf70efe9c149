import { draw } from '../images/draw.js'
import { encodePicture, type Format } from '../images/encode.js'
import { encodePng } from '../images/png.js'
import { type Answer, errorAnswer } from '../server/answer.js'
import { filmMp4, finalPicture } from '../video/film.js'
import type { MediaSpec } from './generation-request.js'
import type { ImageSpec } from './image-item.js'
import type { VideoSpec } from './video-item.js'

/** By how much each variant is smaller than the original. */
const shrinkage = new Map([
  ['original', 1],
  ['preview', 2],
  ['thumbnail', 4]
])

/**
 * Makes a file of a finished item when it is fetched.
 *
 * @param name such as `original.png`.
 */
export async function makeAsset(spec: MediaSpec, name: string): Promise<Answer> {
  const [variant = '', extension = ''] = name.split('.')
  const answer =
    spec.kind === 'image' ? pictureAsset(spec, variant, extension) : filmAsset(spec, variant, extension)
  return (await answer) ?? errorAnswer(404, 'not_found', 'There is no such asset.')
}

async function pictureAsset(
  spec: ImageSpec,
  variant: string,
  extension: string
): Promise<Answer | undefined> {
  const shrink = shrinkage.get(variant)
  if (shrink === undefined || extension !== spec.format) return undefined
  const { prompt, size, format } = spec
  const picture = draw(prompt, Math.ceil(size.width / shrink), Math.ceil(size.height / shrink))
  return fileAnswer(`image/${format satisfies Format}`, await encodePicture(picture, format, prompt))
}

async function filmAsset(spec: VideoSpec, variant: string, extension: string): Promise<Answer | undefined> {
  const { prompt, seconds, size } = spec
  const film = { prompt, seconds, ...size }
  const name = `${variant}.${extension}`
  if (name === 'original.mp4' || name === 'preview.mp4') return fileAnswer('video/mp4', filmMp4(film))
  if (name === 'final.png') return fileAnswer('image/png', await encodePng(finalPicture(film), prompt))
  if (name !== 'thumbnail.png') return undefined
  return fileAnswer('image/png', await encodePng(draw(prompt, size.width, size.height), prompt))
}

function fileAnswer(type: string, body: Uint8Array): Answer {
  return { status: 200, headers: { 'Content-Type': type }, body }
}
