import { costOf } from '../amount/cost.js'
import { paidWith } from '../challenge/paid-token.js'
import type { Debit } from '../interfaces/auditor.js'
import type { Asset } from './network.js'
import type { Registry } from './registry.js'

/**
 * What a transfer of an asset counts as in the ledger, as the payment of an offer in it would.
 *
 * @param amountAtomic in the asset's smallest unit.
 * @returns `undefined` for USDC that is worth something, which counts as its amount, and where no rate is known.
 */
export function debitCounts(registry: Registry, asset: Asset, amountAtomic: bigint): Debit['counts'] {
  const network = registry.network(asset.network)
  const known = registry.rateOf(asset)
  if (!network || known === undefined) return undefined
  const cost = costOf(amountAtomic, asset, known)
  const rate = asset.currency === 'USD' ? undefined : known
  const { token, isTest } = paidWith({ scheme: 'exact', network, asset, rate, amountAtomic, cost })
  return token || isTest ? { cost, token, isTest } : undefined
}
