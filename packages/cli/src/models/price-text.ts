import { atomicUsdc, formatUsdc } from '@bursar/core'
import type { Model } from './model.js'

/** A price in a few words; empty when none is known. @param rate atomic USD for a tenth of a credit. */
export function priceText(model: Model, rate: bigint): string {
  const usd = (tenths: bigint): string => formatUsdc(atomicUsdc(tenths * rate))
  if (model.type === 'image') return model.costTenths === undefined ? '' : `${usd(model.costTenths)} USD`
  if (model.type === 'text') {
    const { costsTenths: cost } = model
    return cost ? `${usd(cost.input)} in, ${usd(cost.output)} out, USD a million` : ''
  }
  const [shortest] = model.costsTenths
  return shortest ? `${usd(shortest[1])} USD for ${shortest[0]} s` : ''
}
