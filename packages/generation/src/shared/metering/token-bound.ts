import { isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { Usage } from './usage.js'

/** More than any of the models sold here takes for one picture. */
const TOKENS_PER_PICTURE = 8192
/** Roles, separators, and what a tool's schema adds, per object of the request. */
const TOKENS_PER_OBJECT = 16
/** Where a request sets no bound to the answer. */
const ASSUMED_OUTPUT = 16_384

const outputFields = ['max_output_tokens', 'max_completion_tokens', 'max_tokens']

/**
 * The most tokens that a request for text can take, by what it says: no tokenizer makes more tokens than there are
 * bytes. Where it sets no bound to the answer, 16,384 are assumed.
 */
export function tokenBound(request: JsonObject): Usage {
  // Gemini's own API has it among its settings.
  const config = isJsonObject(request.generationConfig) ? request.generationConfig : {}
  const caps = [...outputFields.map((field) => request[field]), config.maxOutputTokens].filter(
    (cap) => typeof cap === 'number'
  )
  const choices = typeof request.n === 'number' && request.n >= 1 ? Math.ceil(request.n) : 1
  const output = Math.ceil(Math.max(...caps, caps.length === 0 ? ASSUMED_OUTPUT : 0))
  return { input: inputBound(request), output: output * choices, cacheRead: 0, cacheWrite: 0 }
}

/** Fields in which a model is shown something, rather than read to. */
const shownFields: ReadonlySet<string> = new Set(['url', 'image_url', 'image', 'data'])
/** As long as a URL may be. */
const MAX_URL = 8192

function inputBound(value: JsonValue, name = '', holder: JsonObject = {}): number {
  if (typeof value === 'string') {
    const isShown = shownFields.has(name) && isPicture(value, holder)
    return isShown ? TOKENS_PER_PICTURE : bytesOf(value)
  }
  if (Array.isArray(value))
    return value.reduce<number>((sum, item) => sum + inputBound(item, name, holder), 0)
  if (!isJsonObject(value)) return 0
  return Object.entries(value).reduce(
    (sum, [field, item]) => sum + bytesOf(field) + inputBound(item ?? null, field, value),
    TOKENS_PER_OBJECT
  )
}

/** By its own word, or that of the object that it lies in. Documents and sounds are none: they may be long. */
function isPicture(text: string, { media_type: anthropic, mimeType: gemini }: JsonObject): boolean {
  const isUrl = text.length <= MAX_URL && /^https?:\/\/\S+$/i.test(text)
  const type = anthropic ?? gemini
  return isUrl || /^data:image\//i.test(text) || (typeof type === 'string' && type.startsWith('image/'))
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
