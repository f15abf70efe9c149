import { createRelay } from '../create-relay.js'
import type { Relay } from '../relay.js'
import type { MeteringBursar, RelayOptions } from '../relay-options.js'
import type { RelayService } from '../relay-service.js'
import { always } from '../spoken-apis.js'
import { image, imageEdit, type TokenHubEdit, type TokenHubImage } from './images.js'
import { tokenhubPricing } from './pricing.js'
import { videoTask } from './video-task.js'
import { type TokenHubVideo, video } from './videos.js'

/** TokenHub. */
export type TokenHub = Relay<TokenHubImage, TokenHubEdit, TokenHubVideo>

const DAY_MS = 86_400_000

/** Everything in which it differs from other relays. */
export const tokenhub: RelayService<TokenHubImage, TokenHubEdit, TokenHubVideo> = {
  name: 'tokenhub',
  baseUrl: 'https://tokenhub.store',
  apiPath: '/api/v1',
  spoken: new Map([
    ['/chat/completions', always],
    ['/images/generations', always],
    ['/images/edits', always]
  ]),
  // TokenHub 56.
  key: { shape: /^th-[\x21-\x7e]+$/, words: 'text that begins with "th-"' },
  pricing: tokenhubPricing,
  images: [image],
  edits: [imageEdit],
  videos: [video],
  videoPath: '/videos/generations',
  tasks: videoTask,
  // Not documented; other services keep them a day.
  assetLifeMs: DAY_MS
}

/**
 * Builds a client of TokenHub: Seedream, GPT Image, Seedance and Kling on one account, and every chat model through
 * OpenAI's SDK. It lists no prices: give those of the models that you use.
 *
 * @example
 * ```ts
 * const prices: Record<string, Price> = { 'bytedance/doubao-seedance-2.0': { unit: 'second', each: parseUsdc('0.10') } }
 * const tokenhub = createTokenHub(bursar, { apiKey: process.env.TOKENHUB_API_KEY ?? '', prices })
 * ```
 * @throws {TypeError} when an option is malformed.
 */
export function createTokenHub(bursar: MeteringBursar, options: RelayOptions): TokenHub {
  return createRelay(tokenhub, bursar, options)
}
