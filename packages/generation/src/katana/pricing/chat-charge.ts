import type { Charge } from '../../shared/metering/charge.js'
import { maxCostOfTokens } from '../../shared/metering/price.js'
import type { PricedRequest } from '../../shared/metering/priced-request.js'
import { tokenBound } from '../../shared/metering/token-bound.js'
import { unknownPrice } from '../../shared/metering/unknown-price.js'
import { findUnpricedOption } from '../../shared/metering/unpriced-options.js'
import { chargedFor } from './charged.js'
import { atomicOfTenths, type KatanaPrices, ownPrice } from './katana-prices.js'
import { textBound } from './text-price.js'

/**
 * What a chat can cost: its bound in tokens, at the highest price that it can have.
 *
 * @throws {BursarError} `price/unknown`, `request/invalid`
 */
export function chatCharge(request: PricedRequest, known: KatanaPrices): Charge {
  const model = typeof request.body.model === 'string' ? request.body.model : ''
  const option = findUnpricedOption(request.body)
  if (option !== undefined) throw unknownPrice('katana', model, `with ${option.slice(0, 40)}`)
  const own = ownPrice(known, model)
  const listed = known.catalogue.texts.find(({ name }) => name === model)
  const costOf: Charge['costOf'] = (answers) => chargedFor(answers, { known, own, listed })
  if (own) {
    const maxCost = own.unit === 'token' ? maxCostOfTokens(own, tokenBound(request)) : own.each
    return { model, maxCost, costOf }
  }
  const bound = listed && textBound(request, listed)
  if (!bound) throw unknownPrice('katana', model)
  const charge = { model, maxCost: atomicOfTenths(bound.tenths, known), costOf }
  if (bound.passes === undefined) return charge
  return { ...charge, unknown: unknownPrice('katana', model, `above ${bound.passes} tokens`) }
}
