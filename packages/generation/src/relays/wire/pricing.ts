import { type JsonObject, parseUsdc } from '@bursar/core'
import * as z from 'zod/mini'
import { type Price, tokenPrice } from '../../shared/metering/price.js'
import { number, object, objects, text } from '../../shared/wire/tolerant-schemas.js'

const MAX_MODELS = 10_000
/** What the software shows of a model that has no price; it is no price. */
const UNSET_RATIO = 37.5

const modelFields = {
  model_name: text(),
  quota_type: number,
  model_price: number,
  model_ratio: number,
  completion_ratio: number,
  cache_ratio: number,
  create_cache_ratio: number
}

/** What `GET /api/pricing` of new-api answers, the relay software behind OpenClaw Token and Tokenhot (OpenClaw 41). */
const pricingSchema = object({
  data: objects(modelFields, MAX_MODELS),
  group_ratio: z.catch(z.record(z.string(), number), {})
})

type PricedModel = z.output<typeof pricingSchema>['data'][number]

/**
 * Reads prices by model.
 *
 * @param group of the account, whose ratio applies.
 */
export function readPricing(answer: JsonObject, group = 'default'): ReadonlyMap<string, Price> {
  const { data, group_ratio: ratios } = pricingSchema.parse(answer)
  const ratio = ratios[group] ?? 1
  const entries = data.flatMap((model): [string, Price][] => {
    const price = priceOf(model, ratio)
    return model.model_name === undefined || price === undefined ? [] : [[model.model_name, price]]
  })
  return new Map(entries)
}

function priceOf(model: PricedModel, groupRatio: number): Price | undefined {
  if (model.quota_type === 1) {
    const { model_price: price } = model
    return price === undefined ? undefined : { unit: 'call', each: parseUsdc(usd(price * groupRatio)) }
  }
  const { model_ratio: ratio, completion_ratio = 1, cache_ratio = 1, create_cache_ratio = 1.25 } = model
  if (ratio === undefined || ratio === UNSET_RATIO) return undefined
  const input = ratio * 2 * groupRatio
  return tokenPrice(usd(input), usd(input * completion_ratio), {
    read: usd(input * cache_ratio),
    write: usd(input * create_cache_ratio)
  })
}

/** Dollars with six decimals, rounded up: floating point must not make anything cheaper. */
function usd(value: number): string {
  return (Math.ceil(Number((value * 1e6).toFixed(3))) / 1e6).toFixed(6)
}
