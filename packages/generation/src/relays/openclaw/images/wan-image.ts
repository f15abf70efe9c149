import type { RequestViolation } from '@bursar/core'
import { broken, present, shortEnough, textUpTo, violationsOf, wholeNumber } from '../../check.js'
import { dataPictures, partPictures } from '../../picture-answers.js'
import type { ImageShape } from '../../service.js'

/** Pictures of Wan 2.6's, each of which is charged. */
export interface WanImage {
  readonly model: 'wan2.6-t2i'
  /** At most 2,100 characters. */
  readonly prompt: string
  /** With a star: `1280*1280` (OpenClaw 6 and 7). */
  readonly size?: string
  /** 1 to 4. Default 1 here; the service's own is 4, which costs four times as much (OpenClaw 8). */
  readonly n?: number
  /** At most 500 characters. */
  readonly negativePrompt?: string
  readonly promptExtend?: boolean
  readonly watermark?: boolean
  /** 0 to 2,147,483,647. */
  readonly seed?: number
}

/** Four pictures of Wan 2.7's, in a chat. */
export interface WanChatImage {
  readonly model: 'wan2.7-image'
  readonly prompt: string
}

/** A picture of Seedream's. */
export interface SeedreamImage {
  readonly model:
    | 'doubao-seedream-5-0-260128'
    | 'doubao-seedream-4-5-251128'
    | 'doubao-seedream-5-0-lite-260128'
  readonly prompt: string
  /** Such as `2K`. */
  readonly size?: string
}

const MAX_SEED = 2_147_483_647

/** Wan 2.6 text to image. */
export const wanImage: ImageShape<WanImage> = {
  takes: (model) => model === 'wan2.6-t2i',
  check: ({ prompt, size, n, negativePrompt, seed }) =>
    violationsOf(
      textUpTo('prompt', prompt, 2100),
      checkSize(size),
      wholeNumber('n', n, 1, 4),
      shortEnough('negativePrompt', negativePrompt, 500),
      wholeNumber('seed', seed, 0, MAX_SEED)
    ),
  request: ({ model, prompt, n = 1, ...item }) => ({
    path: '/images/generations',
    body: {
      model,
      prompt,
      n,
      ...present({
        size: item.size,
        negative_prompt: item.negativePrompt,
        prompt_extend: item.promptExtend,
        watermark: item.watermark,
        seed: item.seed
      })
    }
  }),
  read: (answer) => dataPictures(answer)
}

/** Wan 2.7, through chat completions. */
export const wanChatImage: ImageShape<WanChatImage> = {
  takes: (model) => model === 'wan2.7-image',
  check: ({ prompt }) => violationsOf(textUpTo('prompt', prompt, 100_000)),
  request: ({ model, prompt }) => ({
    path: '/chat/completions',
    body: { model, messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] }
  }),
  read: partPictures
}

/** Seedream. */
export const seedreamImage: ImageShape<SeedreamImage> = {
  takes: (model) => model.startsWith('doubao-seedream-'),
  check: ({ prompt }) => violationsOf(textUpTo('prompt', prompt, 100_000)),
  request: ({ model, prompt, size }) => ({
    path: '/images/generations',
    body: { model, prompt, ...present({ size }) }
  }),
  read: (answer) => dataPictures(answer)
}

/** Four of these have fewer pixels than the rule asks for, and are taken all the same. */
const listedSizes: ReadonlySet<string> = new Set([
  '1280*1280',
  '1472*1104',
  '1104*1472',
  '1696*960',
  '960*1696'
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
  return broken('size', 'size', `size is "${size.slice(0, 40)}"`, allowed)
}
