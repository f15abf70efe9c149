import type { Debit } from '../interfaces/auditor.js'
import type { Registry } from '../network/registry.js'
import { paidWith } from './paid-token.js'

/**
 * Adds to a transfer what it counts as in the ledger, as the payment of an offer in its token would. USDC that is worth
 * something counts as its amount, and a token without a known rate as it is.
 */
export function countDebit(registry: Registry, debit: Debit): Debit {
  const { amountAtomic } = debit
  const [network, asset] = [registry.network(debit.network), registry.asset(debit.network, debit.asset)]
  const cost = asset && registry.costOf(asset, amountAtomic)
  if (!network || !asset || cost === undefined) return debit
  const rate = asset.currency === 'USD' ? undefined : registry.rateOf(asset)
  const { token, isTest } = paidWith({ scheme: 'exact', network, asset, rate, amountAtomic, cost })
  const counts = token || isTest ? { cost, token, isTest } : undefined
  return { ...debit, asset: asset.address, ...(counts && { counts }) }
}
