import { drawImage } from '../../images/draw-image.js'
import { encodeImage, type Format } from '../../images/encode-image.js'
import { encodePng } from '../../images/png.js'
import { errorResponse, type HttpResponse } from '../../server/response.js'
import { lastFrame, renderMp4 } from '../../video/render-video.js'
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
export async function makeAsset(spec: MediaSpec, name: string): Promise<HttpResponse> {
  const [variant = '', extension = ''] = name.split('.')
  const response =
    spec.kind === 'image' ? imageAsset(spec, variant, extension) : videoAsset(spec, variant, extension)
  return (await response) ?? errorResponse(404, 'not_found', 'There is no such asset.')
}

async function imageAsset(
  spec: ImageSpec,
  variant: string,
  extension: string
): Promise<HttpResponse | undefined> {
  const shrink = shrinkage.get(variant)
  if (shrink === undefined || extension !== spec.format) return undefined
  const { prompt, size, format } = spec
  const image = drawImage(prompt, Math.ceil(size.width / shrink), Math.ceil(size.height / shrink))
  return fileResponse(`image/${format satisfies Format}`, await encodeImage(image, format, prompt))
}

async function videoAsset(
  spec: VideoSpec,
  variant: string,
  extension: string
): Promise<HttpResponse | undefined> {
  const { prompt, seconds, size } = spec
  const video = { prompt, seconds, ...size }
  const name = `${variant}.${extension}`
  if (name === 'original.mp4' || name === 'preview.mp4') return fileResponse('video/mp4', renderMp4(video))
  if (name === 'final.png') return fileResponse('image/png', await encodePng(lastFrame(video), prompt))
  if (name !== 'thumbnail.png') return undefined
  return fileResponse('image/png', await encodePng(drawImage(prompt, size.width, size.height), prompt))
}

function fileResponse(type: string, body: Uint8Array): HttpResponse {
  return { status: 200, headers: { 'Content-Type': type }, body }
}
