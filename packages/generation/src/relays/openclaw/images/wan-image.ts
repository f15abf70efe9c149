import type { RequestViolation } from '@bursar/core'
import type { FieldNames } from '../../../shared/checks/check-fields.js'
import { shown } from '../../../shared/checks/invalid-request.js'
import { defined } from '../../../shared/wire/defined.js'
import { shortEnough, textUpTo, violationsOf, wholeNumber } from '../../field-rules.js'
import type { ImageFamily } from '../../model-family.js'
import { readImagesData, readPartImages } from '../../wire/image-answers.js'

/** Images of Wan 2.6, each of which is charged. */
export interface WanImage {
  readonly model: 'wan2.6-t2i'
  /** At most 2,100 characters. */
  readonly prompt: string
  /** With a star: `1280*1280` (OpenClaw 6 and 7). */
  readonly size?: string
  /** 1 to 4. Default: 1 here; the service's own is 4, which costs four times as much (OpenClaw 8). */
  readonly n?: number
  /** At most 500 characters. */
  readonly negativePrompt?: string
  readonly promptExtend?: boolean
  readonly watermark?: boolean
  /** 0 to 2,147,483,647. */
  readonly seed?: number
}

/** Four images of Wan 2.7, in a chat. */
export interface WanChatImage {
  readonly model: 'wan2.7-image'
  readonly prompt: string
}

const MAX_SEED = 2_147_483_647

/** Wan 2.6, text to image (OpenClaw 9). */
export const wanImage: ImageFamily<WanImage> = {
  fields: {
    model: true,
    prompt: true,
    size: true,
    n: true,
    negativePrompt: true,
    promptExtend: true,
    watermark: true,
    seed: true
  } satisfies FieldNames<WanImage>,
  includes: (model) => model === 'wan2.6-t2i',
  check: ({ prompt, size, n, negativePrompt, seed }) =>
    violationsOf(
      textUpTo('prompt', prompt, 2100),
      checkSize(size),
      wholeNumber('n', n, { min: 1, max: 4 }),
      shortEnough('negativePrompt', negativePrompt, 500),
      wholeNumber('seed', seed, { min: 0, max: MAX_SEED })
    ),
  request: ({ model, prompt, n = 1, ...item }) => ({
    path: '/images/generations',
    body: {
      model,
      prompt,
      n,
      ...defined({
        size: item.size,
        negative_prompt: item.negativePrompt,
        prompt_extend: item.promptExtend,
        watermark: item.watermark,
        seed: item.seed
      })
    }
  }),
  readImages: (answer) => readImagesData(answer)
}

/** Wan 2.7, through chat completions. */
export const wanChatImage: ImageFamily<WanChatImage> = {
  fields: { model: true, prompt: true } satisfies FieldNames<WanChatImage>,
  includes: (model) => model === 'wan2.7-image',
  check: ({ prompt }) => violationsOf(textUpTo('prompt', prompt, 100_000)),
  request: ({ model, prompt }) => ({
    path: '/chat/completions',
    body: { model, messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] }
  }),
  readImages: readPartImages
}

/** Four of these have fewer pixels than the rule demands, and are accepted all the same. */
const listedSizes: ReadonlySet<string> = new Set([
  ...['1280*1280', '1472*1104', '1104*1472', '1696*960', '960*1696']
])
const MIN_PIXELS = 1280 * 1280
const MAX_PIXELS = 1440 * 1440
const MAX_RATIO = 4

/** OpenClaw 6 and 7. */
function checkSize(size: string | undefined): RequestViolation | undefined {
  if (size === undefined || listedSizes.has(size)) return undefined
  const [, width, height] = (/^(\d{2,5})\*(\d{2,5})$/.exec(size) ?? []).map(Number)
  const fits =
    width !== undefined &&
    height !== undefined &&
    width * height >= MIN_PIXELS &&
    width * height <= MAX_PIXELS &&
    Math.max(width, height) <= MAX_RATIO * Math.min(width, height)
  if (fits) return undefined
  const allowed = `${[...listedSizes].join(', ')}, or WIDTH*HEIGHT of 1280² to 1440² pixels within 1:4 and 4:1`
  return { field: 'size', rule: 'size', message: `size is ${shown(size)}`, allowed }
}
