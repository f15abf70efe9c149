import { atomicUsdc, formatUsdc } from '@bursar/core'
import type { Model } from './model.js'

/** A price below a header that has the unit. */
export function priceCell(model: Model, rate: bigint): string {
  if (model.type !== 'text') return priceText(model, rate)
  const { costsTenths: cost } = model
  return cost ? `${usdText(cost.input, rate)} / ${usdText(cost.output, rate)}` : ''
}

/** The header of prices, by the kind of the models below it. */
export function priceHeader(kind: Model['type'] | undefined): string {
  return kind === 'text' ? 'USD a million, in / out' : 'Price'
}

/** A price in a few words; empty when none is known. @param rate atomic USD for a tenth of a credit. */
export function priceText(model: Model, rate: bigint): string {
  const usd = (tenths: bigint): string => usdText(tenths, rate)
  if (model.type === 'image') return model.costTenths === undefined ? '' : `${usd(model.costTenths)} USD`
  if (model.type === 'text') {
    const { costsTenths: cost } = model
    return cost ? `${usd(cost.input)} in, ${usd(cost.output)} out, USD a million` : ''
  }
  const [shortest] = model.costsTenths
  return shortest ? `${usd(shortest[1])} USD for ${shortest[0]} s` : ''
}

function usdText(tenths: bigint, rate: bigint): string {
  return formatUsdc(atomicUsdc(tenths * rate))
}
