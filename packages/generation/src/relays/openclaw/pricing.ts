import { type JsonObject, parseUsdc } from '@bursar/core'
import type { PricingRule } from '../../shared/metering/charge.js'
import { multiply, type Price } from '../../shared/metering/price.js'
import type { PricedRequest } from '../../shared/metering/priced-request.js'
import { tokenBound } from '../../shared/metering/token-bound.js'
import { highestCount, type Quantity, relayPricingRule, videoSeconds } from '../pricing.js'
import type { LivePrices } from '../relay-service.js'
import { wholeQuota } from '../wire/quota.js'
import { imageTokens, printedPrices, videoRates } from './printed-prices.js'

/** What a call to OpenClaw Token costs: by the list of today, and by the documentation where that says more. */
export function openclawPricing(live: LivePrices): PricingRule {
  return relayPricingRule({
    service: 'openclaw',
    priceOf: (model, request) => priceOf(model, request, live),
    quantityOf,
    roundUp: wholeQuota
  })
}

async function priceOf(model: string, { body }: PricedRequest, live: LivePrices): Promise<Price | undefined> {
  const rate = videoPrice(model, body)
  if (rate) return rate
  const printed = printedPrices.get(model)
  // The list of today cannot say that a price is one of an image.
  return printed?.unit === 'image' ? printed : ((await live(model)) ?? printed)
}

/** OpenClaw 32, 35 and 36: by the second; `undefined` for models that cost by the call. */
function videoPrice(model: string, { resolution, audio = false }: JsonObject): Price | undefined {
  const rates = videoRates.get(model)
  if (!rates) return undefined
  const isSmall = resolution === '720P' || (resolution === undefined && model !== 'wan2.6-i2v')
  const each = parseUsdc(isSmall ? rates['720P'] : rates['1080P'])
  return { unit: 'second', each: audio === false ? each : multiply(each, rates.audioFactor ?? 1) }
}

/** OpenClaw 8: wan2.6-t2i makes four unless `n` says otherwise, and each is charged. 33: videos have 5 seconds. */
function quantityOf(model: string, request: PricedRequest): Quantity {
  const { n, duration } = request.body
  const count = highestCount([n], model === 'wan2.6-t2i' ? 4 : 1)
  const seconds = videoSeconds(duration ?? 5)
  const tokens = tokenBound(request)
  if (!drawingModels.has(model)) return { count, seconds, tokens }
  return { count, seconds, tokens: { ...tokens, output: count * highestImageTokens(request.body) } }
}

/** Models that are billed by the tokens of the images that they draw (OpenClaw 18). */
const drawingModels: ReadonlySet<string> = new Set(['gpt-image-1.5-vvip', 'gpt-image-1-vvip'])

/** OpenClaw 18; where the service decides on quality or size, the most. */
function highestImageTokens({ quality, size }: JsonObject): number {
  const rows = Object.entries(imageTokens).filter(([name]) => name === quality)
  const sizes = (rows.length > 0 ? rows : Object.entries(imageTokens)).map(([, row]) => row)
  const counts = sizes.flatMap((row) =>
    typeof size === 'string' && Object.hasOwn(row, size) ? [row[size] ?? 0] : Object.values(row)
  )
  return Math.max(...counts)
}
