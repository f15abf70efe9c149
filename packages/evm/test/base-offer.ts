import { BASE, type Offer, type PaymentTerms, x402V2 } from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'

/** A server that speaks x402 v2. */
export const x402Terms: PaymentTerms = { dialect: x402V2, maxValiditySeconds: 300 }

/** 0.01 USDC on Base. */
export function baseOffer(): Offer {
  const registry = createRegistry()
  const [network, asset] = [registry.network(BASE), registry.defaultAsset(BASE)]
  if (!network || !asset) throw new TypeError('Base is not known')
  const payTo = '0x1111111111111111111111111111111111111111'
  const common = { scheme: 'exact', network, asset, payTo, extra: {}, raw: {} } as const
  return { ...common, maxTimeoutSeconds: 60, amountAtomic: 10_000n, cost: 10_000n as Offer['cost'] }
}
