import type { JsonObject } from '@bursar/core'
import { createRelay } from '../create-relay.js'
import type { ImageFamily } from '../model-family.js'
import type { Relay } from '../relay.js'
import type { MeteringBursar, RelayOptions } from '../relay-options.js'
import type { RelayService } from '../relay-service.js'
import { always, modelLike } from '../spoken-apis.js'
import { taskDto } from '../wire/new-api-tasks.js'
import { type FlatImage, flatImage, type SeedreamImage, seedreamEdit } from './images/flat-image.js'
import { type GeminiImage, geminiImage } from './images/gemini-image.js'
import { type GptEdit, gptEdit } from './images/gpt-edit.js'
import { type MessageImage, messageImage } from './images/message-image.js'
import { tokenhotPricing } from './pricing.js'
import { type HappyHorseVideo, happyHorse } from './videos/happy-horse.js'
import { type SeedanceVideo, seedance } from './videos/seedance.js'

/** An image of any model that Tokenhot documents. */
export type TokenhotImage = MessageImage | FlatImage | GeminiImage
/** Images to be edited: given by URL, or, for GPT Image 1.5 and 2, as files. */
export type TokenhotEdit = ((MessageImage | SeedreamImage | GeminiImage) & Edited) | GptEdit
/** A video of HappyHorse or Seedance. The requests of other models are not documented: `{ model, raw }`. */
export type TokenhotVideo = HappyHorseVideo | SeedanceVideo

/** Tokenhot. */
export type Tokenhot = Relay<TokenhotImage, TokenhotEdit, TokenhotVideo>

interface Edited {
  readonly images: readonly string[]
}

const DAY_MS = 86_400_000

/** Everything in which it differs from other relays. */
export const tokenhot: RelayService<TokenhotImage, TokenhotEdit, TokenhotVideo> = {
  name: 'tokenhot',
  baseUrl: 'https://api.tokenhot.cn',
  apiPath: '/v1',
  spoken: new Map([
    ['/chat/completions', always],
    ['/responses', modelLike(/^gpt/)],
    ['/images/generations', speaksImages],
    ['/images/edits', modelLike(/^gpt-image-/)],
    ['/audio/speech', always],
    ['/audio/transcriptions', always],
    ['/audio/translations', always]
  ]),
  key: { shape: /^[\x21-\x7e]+$/, words: 'text without spaces' },
  pricing: tokenhotPricing,
  images: [messageImage, flatImage, geminiImage],
  edits: [editing(messageImage), editing(seedreamEdit), editing(geminiImage), gptEdit],
  videos: [happyHorse, seedance],
  videoPath: '/video/generations',
  tasks: taskDto,
  assetLifeMs: DAY_MS,
  account: {
    pricing: '/api/pricing',
    subscription: '/v1/dashboard/billing/subscription',
    usage: '/v1/dashboard/billing/usage'
  }
}

/** Wan and Qwen take messages, which a program that knows them sends; Gemini has a path of its own. */
function speaksImages({ model, input }: JsonObject): boolean {
  return input !== undefined || /^(?:gpt-image-|doubao-seedream-|dall-e-)/.test(String(model))
}

/** The same family, for items whose images are given. */
function editing<Item>(family: ImageFamily<Item>): ImageFamily<Item & Edited> {
  return family
}

/**
 * Builds a client of Tokenhot: Wan, Qwen, Seedream, GPT Image, Gemini, HappyHorse and Seedance on one account, and every
 * chat model through the SDKs.
 *
 * @example
 * ```ts
 * const tokenhot = createTokenhot(bursar, { apiKey: process.env.TOKENHOT_API_KEY ?? '' })
 * const job = await tokenhot.images.generate({ model: 'wan2.6-image', prompt: 'A mug', size: '1024*1024' })
 * ```
 * @throws {TypeError} when an option is malformed.
 */
export function createTokenhot(bursar: MeteringBursar, options: RelayOptions): Tokenhot {
  return createRelay(tokenhot, bursar, options)
}
