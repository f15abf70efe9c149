import { createRelay } from '../create-relay.js'
import { taskDto } from '../new-api.js'
import type { MeteringBursar, Relay, RelayOptions } from '../relay.js'
import type { ImageShape, RelayService, VideoShape } from '../service.js'
import {
  type FlatPicture,
  flatPicture,
  type GeminiPicture,
  geminiPicture,
  type MessagePicture,
  messagePicture,
  type SeedreamPicture,
  seedreamEdit
} from './images.js'
import { tokenhotPricing } from './pricing.js'
import { type HappyHorseVideo, happyHorse, type SeedanceVideo, seedance } from './videos.js'

/** A picture of any model that Tokenhot documents. */
export type TokenhotImage = MessagePicture | FlatPicture | GeminiPicture
/** Pictures to be changed, given by URL. GPT Image takes files: `tokenhot.openai(OpenAI).images.edit`. */
export type TokenhotEdit = (MessagePicture | SeedreamPicture | GeminiPicture) & {
  readonly images: readonly string[]
}
/** A film of HappyHorse's or Seedance's. Of Hailuo's and of films made from films the request is not documented. */
export type TokenhotVideo = HappyHorseVideo | SeedanceVideo

/** Tokenhot. */
export type Tokenhot = Relay<TokenhotImage, TokenhotEdit, TokenhotVideo>

const DAY_MS = 86_400_000
// Each is asked whether it takes a model before it is handed an item.
const images = [messagePicture, flatPicture, geminiPicture] as readonly ImageShape<never>[]

const tokenhot: RelayService<TokenhotImage, TokenhotEdit, TokenhotVideo> = {
  name: 'tokenhot',
  baseUrl: 'https://api.tokenhot.cn',
  apiPath: '/v1',
  key: { shape: /^[\x21-\x7e]+$/, words: 'text without spaces' },
  pricing: tokenhotPricing,
  images,
  edits: [messagePicture, seedreamEdit, geminiPicture] as readonly ImageShape<never>[],
  videos: [happyHorse, seedance] as readonly VideoShape<never>[],
  tasks: taskDto,
  assetLifeMs: DAY_MS,
  account: {
    pricing: '/api/pricing',
    subscription: '/v1/dashboard/billing/subscription',
    usage: '/v1/dashboard/billing/usage'
  }
}

/**
 * Builds a client of Tokenhot: Wan, Qwen, Seedream, GPT Image, Gemini, HappyHorse and Seedance on one account, and every
 * chat model through the SDKs.
 *
 * @throws {TypeError} when an option is malformed.
 */
export function createTokenhot(bursar: MeteringBursar, options: RelayOptions): Tokenhot {
  return createRelay(tokenhot, bursar, options)
}
