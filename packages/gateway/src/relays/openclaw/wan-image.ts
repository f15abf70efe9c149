import type { JsonObject } from '@bursar/core'
import { assertRule, type ImageRequest, isText, isWhole } from './image-request.js'

const MAX_SEED = 2_147_483_647
const LISTED_SIZES = ['1280*1280', '1472*1104', '1104*1472', '1696*960', '960*1696']
const MIN_PIXELS = 1280 ** 2
const MAX_PIXELS = 1440 ** 2

/**
 * Reads a request for images of wan2.6-t2i (OpenClaw 6 to 9).
 *
 * @throws {ImageRequestError}
 */
export function readWanImage(body: JsonObject): ImageRequest {
  const { prompt, size = '1280*1280', n = 4, negative_prompt: negative = '', seed = 0 } = body
  assertRule(isText(prompt, Number.POSITIVE_INFINITY) && prompt !== '', 'prompt is required')
  assertRule(isText(prompt, 2100), 'prompt has more than 2100 characters')
  assertRule(isText(negative, 500), 'negative_prompt has more than 500 characters')
  assertRule(isWhole(seed, 0, MAX_SEED), `seed is 0 to ${MAX_SEED}`)
  assertRule(isWhole(n, 1, 4), 'n is 1 to 4')
  const [, width = 0, height = 0] = (/^(\d+)\*(\d+)$/.exec(String(size)) ?? []).map(Number)
  const pixels = width * height
  const quotient = width / height
  const fits = pixels >= MIN_PIXELS && pixels <= MAX_PIXELS && quotient >= 1 / 4 && quotient <= 4
  assertRule(LISTED_SIZES.includes(String(size)) || fits, 'size is not allowed; it is written with *')
  return { model: 'wan2.6-t2i', prompt, width, height, n, format: 'png', inline: false, outputTokens: 0 }
}

/**
 * Reads a request for an image of Seedream.
 *
 * @throws {ImageRequestError}
 */
export function readSeedreamImage(model: string, { prompt }: JsonObject): ImageRequest {
  assertRule(isText(prompt, Number.POSITIVE_INFINITY) && prompt !== '', 'prompt is required')
  return { model, prompt, width: 2048, height: 2048, n: 1, format: 'png', inline: false, outputTokens: 0 }
}
