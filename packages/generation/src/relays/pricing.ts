import { type AtomicUsdc, isJsonObject, type JsonObject, type JsonValue } from '@bursar/core'
import type { Charge, PricingRule } from '../shared/metering/charge.js'
import { costOfTokens, maxCostOfTokens, multiply, type Price } from '../shared/metering/price.js'
import type { PricedRequest } from '../shared/metering/priced-request.js'
import { isPricedByTokens, tokenBound } from '../shared/metering/token-bound.js'
import { type TokenUsage, usageOf } from '../shared/metering/token-usage.js'
import { unknownPrice } from '../shared/metering/unknown-price.js'
import { findUnpricedOption } from '../shared/metering/unpriced-options.js'
import { taskIdOf } from './wire/task.js'

/** What the prices of one service are read from. */
export interface RelayPricing {
  readonly service: string
  /** The price of a model for one request; `undefined` where it is not known. */
  priceOf(model: string, request: PricedRequest): Promise<Price | undefined>
  /** How much of it a request asks for. */
  quantityOf(model: string, request: PricedRequest): Quantity
  /** What a bill by tokens is rounded to. Default: a millionth of a dollar. */
  readonly roundUp?: (cost: AtomicUsdc) => AtomicUsdc
}

/** How much a request asks for, at most. */
export interface Quantity {
  /** Calls, images or videos. */
  readonly count: number
  /** Seconds of each video, by {@link videoSeconds}. */
  readonly seconds: number
  /** Tokens, where the request does not say them by itself. */
  readonly tokens?: TokenUsage
}

/** Methods that ask and change nothing. Everything else may be billed, also at paths that are not known here. */
const freeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** Free: the tokens of a request are counted without a model. */
const freePaths = /^\/messages\/count_tokens$|\/models\/[^/:]+:countTokens$/

/** Builds the pricing rule of a service. */
export function relayPricingRule(pricing: RelayPricing): PricingRule {
  return async (request) => {
    if (freeMethods.has(request.method) || freePaths.test(request.path)) return undefined
    const model = modelOf(request)
    const price = await pricing.priceOf(model, request)
    if (!price) throw unknownPrice(pricing.service, model)
    const option = findUnpricedOption(request.body)
    if (option !== undefined) throw unknownPrice(pricing.service, model, `with ${option.slice(0, 40)}`)
    return { ...chargeAt(pricing, price, { model, request }), jobOf: taskIdOf }
  }
}

function chargeAt(
  { service, quantityOf, roundUp = (cost) => cost }: RelayPricing,
  price: Price,
  { model, request }: { readonly model: string; readonly request: PricedRequest }
): Charge {
  const { count, seconds, tokens = tokenBound(request) } = quantityOf(model, request)
  if (price.unit === 'second') return { model, maxCost: multiply(price.each, count * seconds) }
  if (price.unit !== 'token') return { model, maxCost: multiply(price.each, count) }
  if (!isPricedByTokens(request.path)) throw unknownPrice(service, model, `at ${request.path.slice(0, 80)}`)
  return {
    model,
    maxCost: roundUp(maxCostOfTokens(price, tokens)),
    costOf(answers) {
      const used = usageOf(answers)
      return used && roundUp(costOfTokens(price, used))
    }
  }
}

/** The model of a request: Gemini's own API names it in the path, everything else in the body. */
function modelOf({ path, body }: PricedRequest): string {
  const [, inPath] = /\/models\/([^/:]+):/.exec(path) ?? []
  if (inPath !== undefined) return decodeURIComponent(inPath)
  return typeof body.model === 'string' ? body.model : ''
}

/**
 * The highest of the counts that a request gives, as numbers or, in a form, as text. What is no count at all is left
 * to the service to reject.
 *
 * @param otherwise where it gives none.
 */
export function highestCount(values: readonly (JsonValue | undefined)[], otherwise = 1): number {
  const counts = values.map(Number).filter((count) => Number.isFinite(count) && count > 0)
  return counts.length === 0 ? otherwise : Math.ceil(Math.max(...counts))
}

/** No video has more seconds (OpenClaw 33, Tokenhot 52, TokenHub 63 and 64). */
const MAX_VIDEO_SECONDS = 15

/** The seconds of a video that a request asks for; the most that there are where what it says is no number. */
export function videoSeconds(duration: JsonValue | undefined): number {
  return highestCount([duration], MAX_VIDEO_SECONDS)
}

/** A field of a field, where there is one. */
export function fieldOf(body: JsonObject, holder: string, name: string): JsonValue | undefined {
  const value = body[holder]
  return isJsonObject(value) ? value[name] : undefined
}
