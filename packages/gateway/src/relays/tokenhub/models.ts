import { parseUsdc } from '@bursar/core'

/** What a model makes. */
export type ModelKind = 'text' | 'image' | 'video'

/** The documentation counts fourteen groups of models. One model of each group that it names. */
export const models: ReadonlyMap<string, ModelKind> = new Map([
  ['openai/gpt-4.1', 'text'],
  ['openai/gpt-5.4', 'text'],
  ['anthropic/claude-sonnet-4-6', 'text'],
  ['google/gemini-2.5-pro', 'text'],
  ['bytedance/doubao-seedream-5.0', 'image'],
  ['openai/gpt-image-2', 'image'],
  ['bytedance/doubao-seedance-2.0', 'video'],
  ['kwaivgi/kling-v3-std', 'video'],
  ['kwaivgi/kling-v3-pro', 'video']
])

/** The full name of a model. Short forms are accepted (TokenHub 57). */
export function fullNameOf(model: unknown): string {
  const name = String(model)
  return [...models.keys()].find((each) => each === name || each.endsWith(`/${name}`)) ?? name
}

/** Assumed, because the documentation prints no price: a call of text, an image, a second of Seedance. */
const assumed = { text: parseUsdc('0.01'), image: parseUsdc('0.03'), second: parseUsdc('0.10') }

/** The price of a text. */
export const TEXT_MICRO_USD = assumed.text

/** The price of an image, which for GPT Image depends on its longer side (TokenHub 66). */
export function imageCost(model: string, longSide: number): bigint {
  if (model !== 'openai/gpt-image-2') return assumed.image
  return parseUsdc(longSide <= 1536 ? '0.125' : longSide <= 2048 ? '0.25' : '0.50')
}

/** The price of a second of video. */
export function secondCost(model: string): bigint {
  if (!model.includes('kling')) return assumed.second
  return parseUsdc(model.endsWith('pro') ? '0.224' : '0.168')
}
