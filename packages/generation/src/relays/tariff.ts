import type { AtomicUsdc, JsonObject } from '@bursar/core'
import { costOfTokens, type Price, times } from '../shared/metering/price.js'
import type { PricedRequest, Sale } from '../shared/metering/sale.js'
import { tokenBound } from '../shared/metering/token-bound.js'
import { type Usage, usageOf } from '../shared/metering/usage.js'

/** How a request's cost follows from the price of its model. */
export interface Counted {
  /** Calls or pictures, as the price goes. */
  readonly count: number
  /** Seconds of film. */
  readonly seconds?: number
  /** The most tokens that it can take, where the request does not tell by itself. */
  readonly bound?: Usage
  /** What a token bill is rounded up to. */
  readonly rounded?: (cost: AtomicUsdc) => AtomicUsdc
}

/** The sale of a request whose model has a price. */
export function saleAt(model: string, price: Price, body: JsonObject, counted: Counted): Sale {
  const { count, seconds = 0, bound = tokenBound(body), rounded = (cost) => cost } = counted
  if (price.unit === 'second') return { model, most: times(price.each, seconds) }
  if (price.unit !== 'token') return { model, most: times(price.each, count) }
  return {
    model,
    most: rounded(mostOf(price, bound)),
    costOf(answers) {
      const used = usageOf(answers)
      return used && rounded(costOfTokens(price, used))
    }
  }
}

/** Whether input is written to a cache, which costs more, is the service's to decide. */
function mostOf(price: Price & { readonly unit: 'token' }, bound: Usage): AtomicUsdc {
  const { input, cacheWrite = input } = price
  return costOfTokens(cacheWrite > input ? { ...price, input: cacheWrite } : price, bound)
}

/** A whole number of at least one that a request may give as a number or, in a form, as text. */
export function countIn(value: unknown, otherwise = 1): number {
  const count = typeof value === 'string' ? Number(value) : value
  return typeof count === 'number' && Number.isInteger(count) && count > 0 ? count : otherwise
}

/** The model of a request, by its body. */
export function modelOf({ body }: PricedRequest): string {
  return typeof body.model === 'string' ? body.model : ''
}
