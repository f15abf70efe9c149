import { isJsonObject, type JsonObject, type JsonValue, parseUsdc } from '@bursar/core'
import type { PricingRule } from '../../shared/metering/charge.js'
import type { Price } from '../../shared/metering/price.js'
import { highestCount, relayPricingRule, videoSeconds } from '../pricing.js'
import type { LivePrices } from '../relay-service.js'

const DEFAULT_SECONDS = 5

/** What a call to TokenHub costs: by the caller's prices, and by the few that its pages print. */
export function tokenhubPricing(live: LivePrices): PricingRule {
  return relayPricingRule({
    service: 'tokenhub',
    priceOf: async (model, { body }) => (await live(model)) ?? printedPrice(model, body),
    quantityOf: (_model, { body }) => ({ count: highestCount([body.n]), seconds: billedSeconds(body) })
  })
}

/** TokenHub 64 and 65. */
function printedPrice(model: string, body: JsonObject): Price | undefined {
  const name = model.slice(model.indexOf('/') + 1)
  if (name === 'gpt-image-2') return { unit: 'image', each: parseUsdc(imageUsd(body.size)) }
  const { audio, sound, generate_audio: generated } = body
  // The prices of videos are those without audio (TokenHub 64).
  if (!/^kling\b/i.test(name) || [audio, sound, generated].some(Boolean)) return undefined
  return { unit: 'second', each: parseUsdc(isStandardKling(name, body) ? '0.168' : '0.224') }
}

/** What the request leaves to the service may be the dearer one. */
function isStandardKling(name: string, { mode }: JsonObject): boolean {
  return mode === 'std' || (mode === undefined && !/pro|master|max/i.test(name))
}

/** By the longer side; the dearest where the service decides. */
function imageUsd(size: JsonValue | undefined): string {
  const [, width, height] = (/^(\d+)x(\d+)$/.exec(String(size)) ?? []).map(Number)
  const longest = Math.max(width ?? Number.POSITIVE_INFINITY, height ?? 0)
  return longest <= 1536 ? '0.125' : longest <= 2048 ? '0.25' : '0.50'
}

/** The seconds of the videos that one is made from are billed as well; of those without a length, the most. */
function billedSeconds(body: JsonObject): number {
  const { duration = DEFAULT_SECONDS, input_video_duration: one, video_durations: many } = body
  const inputs = Array.isArray(many) ? many : one === undefined ? [] : [one]
  const unstated = Math.max(0, inputVideos(body) - inputs.length)
  const lengths: JsonValue[] = [duration, ...inputs, ...Array.from({ length: unstated }, () => null)]
  return lengths.reduce<number>((sum, length) => sum + videoSeconds(length), 0)
}

/** How many videos a video is made from. */
function inputVideos({ content, video_url: one, video_urls: many }: JsonObject): number {
  const items = Array.isArray(content) ? content.filter(isJsonObject) : []
  const videos = items.filter(({ role, type }) => role === 'reference_video' || type === 'video_url')
  return videos.length + (one === undefined ? 0 : 1) + (Array.isArray(many) ? many.length : 0)
}
