import type { JsonObject } from '@bursar/core'
import type { Dimensions } from '../../images/dimensions.js'
import catalogue from './catalogue.json' with { type: 'json' }
import { assertRule, type ImageRequest, isText, isWhole } from './image-request.js'

const MAX_PROMPT = 32_000
const MAX_SIDE = 3840
const FIRST_SIZES = ['1024x1024', '1536x1024', '1024x1536']
const FALLBACK_TOKENS = 1056

const allowedWords = {
  quality: ['auto', 'low', 'medium', 'high'],
  background: ['auto', 'transparent', 'opaque'],
  output_format: ['png', 'jpeg', 'webp'],
  moderation: ['auto', 'low'],
  response_format: ['url', 'b64_json']
} as const

/**
 * Reads a request for images of GPT Image (OpenClaw 10 to 16 and 18).
 *
 * @throws {ImageRequestError}
 */
export function readGptImage(model: string, body: JsonObject): ImageRequest {
  const { prompt, size = 'auto', n = 1 } = body
  const isSecond = model.startsWith('gpt-image-2')
  const maxImages = isSecond ? 1 : 10
  assertRule(isText(prompt, Number.POSITIVE_INFINITY) && prompt !== '', 'prompt is required')
  assertRule(isText(prompt, MAX_PROMPT), `prompt has more than ${MAX_PROMPT} characters`)
  const dimensions = parseSize(String(size), isSecond)
  assertRule(dimensions !== undefined, 'size is not allowed')
  assertRule(isWhole(n, 1, maxImages), `n is 1 to ${maxImages}`)
  const words = readWords(body)
  return {
    model,
    prompt,
    ...dimensions,
    n,
    format: words.output_format ?? 'png',
    inline: words.response_format === 'b64_json',
    outputTokens: tokensOf(words.quality ?? 'auto', dimensions)
  }
}

type Words = { readonly [Field in keyof typeof allowedWords]?: (typeof allowedWords)[Field][number] }

/** Reads the fields that take one of a few words (OpenClaw 13, 14 and 16). */
function readWords(body: JsonObject): Words {
  const words = {
    quality: readWord(body, 'quality'),
    background: readWord(body, 'background'),
    output_format: readWord(body, 'output_format'),
    moderation: readWord(body, 'moderation'),
    response_format: readWord(body, 'response_format')
  }
  const isClearJpeg = words.background === 'transparent' && words.output_format === 'jpeg'
  assertRule(!isClearJpeg, 'transparent needs png or webp')
  assertRule(isWhole(body.output_compression ?? 0, 0, 100), 'output_compression is 0 to 100')
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== undefined))
}

function readWord<Field extends keyof typeof allowedWords>(
  body: JsonObject,
  field: Field
): (typeof allowedWords)[Field][number] | undefined {
  const words: readonly (typeof allowedWords)[Field][number][] = allowedWords[field]
  const word = words.find((each) => each === body[field])
  assertRule(body[field] === undefined || word !== undefined, `${field} is ${words.join(', ')}`)
  return word
}

function parseSize(size: string, isSecond: boolean): Dimensions | undefined {
  if (size === 'auto') return { width: 1024, height: 1024 }
  const [, width = 0, height = 0] = (/^(\d+)x(\d+)$/.exec(size) ?? []).map(Number)
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  const isAllowed = isSecond
    ? short > 0 && long <= MAX_SIDE && width % 16 === 0 && height % 16 === 0 && long <= 3 * short
    : FIRST_SIZES.includes(size)
  return isAllowed ? { width, height } : undefined
}

function tokensOf(quality: string, { width, height }: Dimensions): number {
  const table: Readonly<Record<string, Readonly<Record<string, number>>>> = catalogue.imageOutputTokens
  return (table[quality] ?? table.medium)?.[`${width}x${height}`] ?? FALLBACK_TOKENS
}
