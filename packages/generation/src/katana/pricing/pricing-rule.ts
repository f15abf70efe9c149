import { type AtomicUsdc, atomicUsdc, isBursarError, type JsonObject } from '@bursar/core'
import type { Charge, PricingRule } from '../../shared/metering/charge.js'
import { findHostedTool } from '../../shared/metering/hosted-tools.js'
import { maxCostOfTokens, multiply, type Price } from '../../shared/metering/price.js'
import type { PricedRequest } from '../../shared/metering/priced-request.js'
import { tokenBound } from '../../shared/metering/token-bound.js'
import { unknownPrice } from '../../shared/metering/unknown-price.js'
import { objectAt, objectsAt, textAt } from '../../shared/service/fields.js'
import type { Catalogue } from '../catalogue/model.js'
import { isRequestId } from '../wire/envelope.js'
import { parseCredits } from './credits.js'
import { type ItemBound, itemBound } from './media-price.js'
import { textBound } from './text-price.js'

/** What Katana's prices are read from. */
export interface KatanaPrices {
  readonly catalogue: Catalogue
  /** The caller's own, which go before the catalogue's. */
  readonly prices: Readonly<Record<string, Price>>
}

const freeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD'])
const MAX_ITEMS = 1000

/** What a call can cost that is billed to a key's account, and how to read what it did cost. */
export function katanaPricingRule(known: KatanaPrices): PricingRule {
  return (request) => {
    if (freeMethods.has(request.method)) return undefined
    if (request.path === '/generation-requests') return generationCharge(request.body, known)
    if (request.path === '/chat/completions') return chatCharge(request, known)
    throw unknownPrice('katana', request.path)
  }
}

/** @throws {BursarError} `price/unknown` */
function generationCharge(body: JsonObject, { catalogue, prices }: KatanaPrices): Charge {
  const items = objectsAt(body, 'requests', MAX_ITEMS)
  const bounds = items.map((item) => ({ ...itemBound(item, catalogue), item }))
  const costs = bounds.map(({ item, ...bound }) => itemCost(item, bound, { catalogue, prices }))
  const unlisted = bounds.find(({ model, isUnlisted }) => isUnlisted && !Object.hasOwn(prices, model))
  return {
    model: bounds[0]?.model ?? '',
    maxCost: atomicUsdc(costs.reduce((sum, cost) => sum + cost, 0n)),
    jobOf: ({ request_id: id }) => (isRequestId(id) ? id : undefined),
    ...(unlisted ? { unknown: unknownPrice('katana', unlisted.model, 'in that resolution') } : {})
  }
}

function itemCost(item: JsonObject, { model, tenths }: ItemBound, known: KatanaPrices): AtomicUsdc {
  const own = priceIn(known.prices, model)
  if (own && own.unit !== 'token') {
    const { duration_seconds: seconds } = item
    return own.unit === 'second' && typeof seconds === 'number' ? multiply(own.each, seconds) : own.each
  }
  if (tenths === undefined) throw unknownPrice('katana', model)
  return atomicUsdc(tenths * known.catalogue.atomicUsdPerTenth)
}

/** @throws {BursarError} `price/unknown`, `request/invalid` */
function chatCharge(request: PricedRequest, known: KatanaPrices): Charge {
  const model = textAt(request.body, 'model') ?? ''
  const tool = findHostedTool(request.body)
  if (tool !== undefined) throw unknownPrice('katana', model, `with ${tool.slice(0, 40)}`)
  const costOf: Charge['costOf'] = (answers) => chargedIn(answers, known.catalogue)
  const own = priceIn(known.prices, model)
  if (own) {
    const maxCost = own.unit === 'token' ? maxCostOfTokens(own, tokenBound(request)) : own.each
    return { model, maxCost, costOf }
  }
  const listed = known.catalogue.texts.find(({ name }) => name === model)
  const bound = listed && textBound(request, listed)
  if (!bound) throw unknownPrice('katana', model)
  const maxCost = atomicUsdc(bound.tenths * known.catalogue.atomicUsdPerTenth)
  if (bound.passes === undefined) return { model, maxCost, costOf }
  const circumstance = `above ${bound.passes} tokens`
  return { model, maxCost, costOf, unknown: unknownPrice('katana', model, circumstance) }
}

function priceIn(prices: Readonly<Record<string, Price>>, model: string): Price | undefined {
  return Object.hasOwn(prices, model) ? prices[model] : undefined
}

/** Katana 79 to 81: credits that were charged, by the last answer that reports them. */
function chargedIn(answers: readonly JsonObject[], { atomicUsdPerTenth }: Catalogue): AtomicUsdc | undefined {
  const credits = answers
    .map((answer) => objectAt(objectAt(answer, 'usage'), 'imgnai').credits_charged)
    .findLast((value) => typeof value === 'string' || typeof value === 'number')
  if (credits === undefined) return undefined
  try {
    return atomicUsdc(parseCredits(String(credits)) * atomicUsdPerTenth)
  } catch (error) {
    if (isBursarError(error, 'amount/malformed')) return undefined
    throw error
  }
}
