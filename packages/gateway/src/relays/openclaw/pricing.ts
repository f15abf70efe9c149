import type { JsonObject } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import { toUsd } from '../accounts.js'
import { modelNames, priceOf, type RelayPrice } from './price-list.js'

/** `GET /api/pricing` (OpenClaw 41). */
export function pricing(): HttpResponse {
  const data = modelNames.flatMap((name): JsonObject[] => {
    const price = priceOf(name)
    if (!price) return []
    const row = { model_name: name, enable_groups: ['default'], supported_endpoint_types: ['openai'] }
    return [{ ...row, ...(price.unit === 'token' ? ratiosOf(price) : flatPriceOf(price)) }]
  })
  return jsonResponse(200, {
    success: true,
    data,
    vendors: [],
    group_ratio: { default: 1 },
    usable_group: { default: 'default' },
    supported_endpoint: {},
    auto_groups: []
  })
}

function flatPriceOf({ each }: Extract<RelayPrice, { unit: 'call' | 'image' }>): JsonObject {
  return { quota_type: 1, model_price: toUsd(each), model_ratio: 0 }
}

function ratiosOf({ input, output, cacheRead }: Extract<RelayPrice, { unit: 'token' }>): JsonObject {
  return {
    quota_type: 0,
    model_price: 0,
    model_ratio: toUsd(input) / 2,
    completion_ratio: Number(output) / Number(input),
    cache_ratio: cacheRead === undefined ? 1 : Number(cacheRead) / Number(input),
    create_cache_ratio: 1.25
  }
}
