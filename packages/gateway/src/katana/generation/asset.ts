import { drawImage } from '../../images/draw-image.js'
import { encodeImage } from '../../images/encode-image.js'
import { encodePng } from '../../images/png.js'
import { errorResponse, fileResponse, type HttpResponse } from '../../server/response.js'
import { lastFrame, renderMp4 } from '../../video/render-video.js'
import type { MediaSpec } from './generation-request.js'
import type { ImageSpec } from './image-item.js'
import type { VideoSpec } from './video-item.js'

/** By how much each variant of an image is smaller than the original. */
const divisors = new Map([
  ['original', 1],
  ['preview', 2],
  ['thumbnail', 4]
])

/** Makes a file of a finished item, such as `original.png`, when it is fetched. */
export async function makeAsset(spec: MediaSpec, name: string): Promise<HttpResponse> {
  const file = spec.kind === 'image' ? await imageFile(spec, name) : await videoFile(spec, name)
  return file ?? errorResponse(404, 'not_found', 'There is no such asset.')
}

async function imageFile(spec: ImageSpec, name: string): Promise<HttpResponse | undefined> {
  const [variant = '', extension = ''] = name.split('.')
  const { prompt, size, format } = spec
  const divisor = divisors.get(variant)
  if (divisor === undefined || extension !== format) return undefined
  const image = drawImage(prompt, Math.ceil(size.width / divisor), Math.ceil(size.height / divisor))
  return fileResponse(`image/${format}`, await encodeImage(image, format, prompt))
}

async function videoFile(spec: VideoSpec, name: string): Promise<HttpResponse | undefined> {
  const { prompt, seconds, size } = spec
  const video = { prompt, seconds, ...size }
  switch (name) {
    case 'original.mp4':
    case 'preview.mp4':
      return fileResponse('video/mp4', renderMp4(video))
    case 'final.png':
      return fileResponse('image/png', await encodePng(lastFrame(video), prompt))
    case 'thumbnail.png':
      return fileResponse('image/png', await encodePng(drawImage(prompt, size.width, size.height), prompt))
    default:
      return undefined
  }
}
