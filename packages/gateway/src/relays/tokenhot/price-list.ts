import { parseUsdc } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { toUsd } from '../accounts.js'

/**
 * Every name that Tokenhot's page lists, in millionths of a dollar per call. The page prints no prices: these are assumed, and
 * `/api/pricing` reports them.
 */
export const prices: ReadonlyMap<string, bigint> = new Map(
  Object.entries({
    ...atPrice('0.04', 'doubao-seedream-4-0-250828', 'doubao-seedream-4-5-251128'),
    ...atPrice('0.04', 'qwen-image-edit-max-2026-01-16', 'qwen-image-plus-2026-01-09', 'gpt-image-1.5'),
    ...atPrice('0.05', 'gemini-2.5-flash-image', 'gemini-3-pro-image-preview', 'dall-e-2', 'dall-e-3'),
    ...atPrice('0.50', 'doubao-seedance-1-5-pro-251215', 'doubao-seedance-2.0-V2V'),
    ...atPrice('0.25', 'doubao-seedance-2.0-fast-V2V', 'happyhorse-1.0-video-edit'),
    ...atPrice('0.30', 'MiniMax-Hailuo-02', 'MiniMax-Hailuo-2.3', 'MiniMax-Hailuo-2.3-Fast'),
    ...atPrice('0.02', 'gemini-2.5-flash-preview-tts', 'gemini-2.5-pro-preview-tts'),
    ...atPrice('0.01', 'claude-opus-4-6-cc', 'claude-sonnet-4-5-20250929', 'gpt-5', 'gpt-5.2'),
    ...atPrice('0.01', 'gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-3-flash-preview', 'gemini-3.1-pro'),
    ...atPrice('0.01', 'gemini-3.1-pro-preview', 'grok-4.1'),
    'wan2.6-image': '0.03',
    'wan2.6-t2i': '0.03',
    'gpt-image-2': '0.02',
    'doubao-seedream-5-0-260128': '0.04',
    'qwen-image-max': '0.05',
    'gemini-3.1-flash-image-preview': '0.06',
    'happyhorse-1.0-t2v': '0.30',
    'happyhorse-1.0-i2v': '0.30',
    'happyhorse-1.0-r2v': '0.30',
    'doubao-seedance-2.0': '0.50',
    'doubao-seedance-2.0-fast': '0.25',
    'whisper-1': '0.006',
    'claude-opus-4-6': '0.01',
    'gpt-5.4': '0.01'
  }).map(([model, usd]) => [model, parseUsdc(usd)])
)

function atPrice(usd: string, ...models: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(models.map((model) => [model, usd]))
}

/** What a number of calls cost. */
export function costOf(model: string, calls = 1): bigint {
  return (prices.get(model) ?? 0n) * BigInt(calls)
}

/** `GET /api/pricing` */
export function pricing(): HttpResponse {
  const data = [...prices].map(([name, each]) => ({
    model_name: name,
    quota_type: 1,
    model_price: toUsd(each),
    model_ratio: 0
  }))
  return jsonResponse(200, { success: true, data, group_ratio: { default: 1 } })
}
