import { createRelay } from '../create-relay.js'
import type { Relay } from '../relay.js'
import type { MeteringBursar, RelayOptions } from '../relay-options.js'
import type { RelayService } from '../relay-service.js'
import { always, modelLike } from '../spoken-apis.js'
import { openAiVideoTask } from '../wire/new-api-tasks.js'
import { type GeminiImage, geminiImage } from './images/gemini-image.js'
import { type GptImage, gptImage } from './images/gpt-image.js'
import { type GptImageEdit, gptImageEdit } from './images/gpt-image-edit.js'
import { type SeedreamImage, seedreamImage } from './images/seedream-image.js'
import { type WanChatImage, type WanImage, wanChatImage, wanImage } from './images/wan-image.js'
import { openclawPricing } from './pricing.js'
import { type WanVideo, wanVideo } from './wan-video.js'

/** An image of any model that OpenClaw Token sells. */
export type OpenClawImage = GeminiImage | GptImage | WanImage | WanChatImage | SeedreamImage

/** OpenClaw Token. */
export type OpenClaw = Relay<OpenClawImage, GptImageEdit, WanVideo>

const DAY_MS = 86_400_000

/** Everything in which it differs from other relays. */
export const openclaw: RelayService<OpenClawImage, GptImageEdit, WanVideo> = {
  name: 'openclaw',
  baseUrl: 'https://token.openclaw-token.shop',
  apiPath: '/v1',
  spoken: new Map([
    ['/chat/completions', always],
    ['/messages', always],
    ['/responses', modelLike(/^gpt/)],
    ['/images/generations', modelLike(/^(?:gpt-image-|wan2\.6-t2i$|doubao-seedream-)/)],
    ['/images/edits', modelLike(/^gpt-image-/)]
  ]),
  key: { shape: /^sk-[\x21-\x7e]+$/, words: 'text that begins with "sk-"' },
  pricing: openclawPricing,
  images: [geminiImage, gptImage, wanImage, wanChatImage, seedreamImage],
  edits: [gptImageEdit],
  videos: [wanVideo],
  videoPath: '/video/generations',
  tasks: openAiVideoTask,
  // OpenClaw 39.
  assetLifeMs: DAY_MS,
  account: {
    pricing: '/api/pricing',
    subscription: '/v1/dashboard/billing/subscription',
    usage: '/v1/dashboard/billing/usage'
  }
}

/**
 * Builds a client of OpenClaw Token: Claude, GPT, Gemini, GPT Image, Wan and Seedream on one account.
 *
 * @example
 * ```ts
 * import Anthropic from '@anthropic-ai/sdk'
 *
 * const openclaw = createOpenClaw(bursar, { apiKey: process.env.OPENCLAW_API_KEY ?? '' })
 * const claude = openclaw.anthropic(Anthropic)
 * const job = await openclaw.images.generate({ model: 'wan2.6-t2i', prompt: 'A mug', size: '1280*1280' })
 * await job.save('out/')
 * ```
 * @throws {TypeError} when an option is malformed.
 */
export function createOpenClaw(bursar: MeteringBursar, options: RelayOptions): OpenClaw {
  return createRelay(openclaw, bursar, options)
}
