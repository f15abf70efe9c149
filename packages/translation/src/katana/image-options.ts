import type { JsonObject, JsonValue } from '@bursar/core'
import { invalidRequest } from '../invalid-request.js'
import { assertNoOptions } from '../openai/image-options.js'

type OutputFormat = 'png' | 'jpeg' | 'jpg' | 'webp'

/** What Katana has beside OpenAI's own parameters, and the format of the file. */
interface KatanaImageOptions {
  outputFormat?: OutputFormat
  negativePrompt?: string
  aspectRatio?: string
  isFast?: boolean
  isUhd?: boolean
  promptAssist?: boolean
}

/** Katana's options of an image by its own names. @throws {InvalidRequest} that names what Katana has no counterpart for. */
export function katanaImageOptions(options: JsonObject): KatanaImageOptions {
  const { output_format, negative_prompt, aspect_ratio, is_fast, is_uhd, use_assistant, ...others } = options
  assertNoOptions(others)
  return {
    ...(output_format === undefined ? {} : { outputFormat: readFormat(output_format) }),
    ...(negative_prompt === undefined
      ? {}
      : { negativePrompt: readText('negative_prompt', negative_prompt) }),
    ...(aspect_ratio === undefined ? {} : { aspectRatio: readText('aspect_ratio', aspect_ratio) }),
    ...(is_fast === undefined ? {} : { isFast: readFlag('is_fast', is_fast) }),
    ...(is_uhd === undefined ? {} : { isUhd: readFlag('is_uhd', is_uhd) }),
    ...(use_assistant === undefined ? {} : { promptAssist: readFlag('use_assistant', use_assistant) })
  }
}

function readFormat(format: JsonValue): OutputFormat {
  if (format === 'png' || format === 'jpeg' || format === 'jpg' || format === 'webp') return format
  throw invalidRequest('output_format must be png, jpeg or webp')
}

function readText(name: string, value: JsonValue): string {
  if (typeof value === 'string') return value
  throw invalidRequest(`${name} must be a text`)
}

/** Forms have texts alone. */
function readFlag(name: string, value: JsonValue): boolean {
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'false') return value === 'true'
  throw invalidRequest(`${name} must be true or false`)
}
