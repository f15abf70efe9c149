import { parseUsdc } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { toUsd } from '../accounts.js'

/** Millionths of a dollar per call. The documentation prints no prices: these are assumed, and `/api/pricing` reports them. */
export const prices: ReadonlyMap<string, bigint> = new Map(
  Object.entries({
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
