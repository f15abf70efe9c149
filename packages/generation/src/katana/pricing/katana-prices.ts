import { type AtomicUsdc, atomicUsdc } from '@bursar/core'
import type { Price } from '../../shared/metering/price.js'
import type { Catalogue } from '../catalogue/model.js'

/** What Katana's prices are read from. */
export interface KatanaPrices {
  readonly catalogue: Catalogue
  /** The caller's own, by public name, which go before the catalogue's. */
  readonly prices: Readonly<Record<string, Price>>
}

/** The caller's own price of a model. */
export function ownPrice({ prices }: KatanaPrices, model: string): Price | undefined {
  return Object.hasOwn(prices, model) ? prices[model] : undefined
}

/** Tenths of a credit in dollars, by the service's reference price. */
export function atomicOfTenths(tenths: bigint, { catalogue }: KatanaPrices): AtomicUsdc {
  return atomicUsdc(tenths * catalogue.atomicUsdPerTenth)
}
