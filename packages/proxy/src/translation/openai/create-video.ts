import type { JsonObject, JsonValue } from '@bursar/core'
import { RequestProblem } from '@bursar/local-server'
import { filesOf } from '../../form-fields.js'
import { assertNoOptions, imageOptions } from '../../services/image-options.js'
import type { VideoRequest } from '../../services/video-service.js'
import type { EndpointContext, TranslatedAnswer } from '../endpoint.js'
import { invalidRequest } from '../invalid-request.js'
import { asObject } from '../json-fields.js'
import { videoBody } from './video-body.js'

/**
 * Has a video generated, and answers with its job, as OpenAI's API does.
 *
 * @throws {RequestProblem} 400, and 404 where the service has no videos in this shape.
 * @throws {BursarError} `request/invalid`, and what paying throws.
 * @see https://platform.openai.com/docs/api-reference/videos/create
 */
export async function createVideo(
  body: JsonObject,
  { service, call, form }: EndpointContext
): Promise<TranslatedAnswer> {
  const request = await readVideoRequest(body, form)
  if (!service.videos) throw noVideos()
  return { body: videoBody(await service.videos.create(request, call)) }
}

async function readVideoRequest(body: JsonObject, form: FormData | undefined): Promise<VideoRequest> {
  const { model, prompt, seconds, size, input_reference: given, ...rest } = body
  const { 'input_reference[image_url]': field, ...others } = rest
  if (typeof model !== 'string' || typeof prompt !== 'string')
    throw invalidRequest('model and prompt are required')
  assertNoOptions(imageOptions(others))
  const [file] = await filesOf(form, 'input_reference')
  const firstFrame = file ?? readReference(field ?? asObject(given).image_url ?? given)
  return {
    model,
    prompt,
    ...(seconds === undefined ? {} : { seconds: readSeconds(seconds) }),
    ...(size === undefined ? {} : { size: readSize(size) }),
    ...(firstFrame === undefined ? {} : { firstFrame })
  }
}

/** OpenAI's SDK sends them as text. */
function readSeconds(seconds: JsonValue): number {
  if (/^\d{1,4}$/.test(String(seconds))) return Number(seconds)
  throw invalidRequest('seconds must be a whole number')
}

function readSize(size: JsonValue): string {
  if (typeof size === 'string') return size
  throw invalidRequest('size must be a text such as 1280x720')
}

/** The URL of an image. A file that was uploaded before is nowhere here. */
function readReference(given: JsonValue | undefined): string | undefined {
  if (given === undefined || typeof given === 'string') return given
  throw invalidRequest('input_reference must be a file or the URL of an image', 'unsupported')
}

function noVideos(): RequestProblem {
  const message =
    'The service has no videos in this shape. What it has of its own is forwarded: see the README'
  return new RequestProblem({ status: 404, code: 'not_found', message })
}
