import type { JsonObject, JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { asObject } from '../json-fields.js'
import { assertNoOptions, imageOptions } from './image-options.js'

/** A video to generate, as OpenAI's API describes it. */
export interface VideoRequest {
  readonly model: string
  readonly prompt: string
  /** Default: the shortest that the model makes. */
  readonly seconds?: number
  /** For example `1280x720`. Default: that of the first frame, else upright, as OpenAI's API has it. */
  readonly size?: string
  /** The bytes of an image, or its URL. */
  readonly firstFrame?: Uint8Array | string
}

/**
 * Reads what video is asked for.
 *
 * @param file the first frame, where a form brought one.
 * @throws {InvalidRequest}
 * @see https://platform.openai.com/docs/api-reference/videos/create
 */
export function readVideoRequest(body: JsonObject, file?: Uint8Array): VideoRequest {
  const { model, prompt, seconds = null, size = null, input_reference: given = null, ...rest } = body
  const { 'input_reference[image_url]': field, ...others } = rest
  if (typeof model !== 'string' || model === '') throw invalidRequest('model is required')
  if (typeof prompt !== 'string' || prompt === '') throw invalidRequest('prompt is required')
  assertNoOptions(imageOptions(others))
  const firstFrame = file ?? readReference(field ?? asObject(given).image_url ?? given)
  return {
    model,
    prompt,
    ...(seconds === null ? {} : { seconds: readSeconds(seconds) }),
    ...(size === null ? {} : { size: readSize(size) }),
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
function readReference(given: JsonValue): string | undefined {
  if (given === null) return undefined
  if (typeof given === 'string') return given
  throw invalidRequest('input_reference must be a file or the URL of an image', 'unsupported')
}
