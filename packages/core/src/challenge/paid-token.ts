import type { PaidToken, PurchaseOffer } from '../interfaces/purchase.js'
import type { Offer } from './offer.js'

/** What an offer is paid with, and on which network. */
type PaidOffer = Pick<Offer, 'scheme' | 'network' | 'asset' | 'rate' | 'amountAtomic' | 'cost'>

/** What the ledger keeps of an offer beyond its amount. For USDC of an exact amount on a network that is no test there is nothing to keep. */
export function paidWith({
  scheme,
  network,
  asset,
  rate,
  amountAtomic,
  cost
}: PaidOffer): Pick<PurchaseOffer, 'token' | 'upto' | 'isTest'> {
  const { symbol, decimals } = asset
  const isUsdc = symbol === 'USDC' && decimals === 6 && rate === undefined
  const token: PaidToken | undefined = isUsdc ? undefined : { symbol, decimals, rate }
  const upto = scheme === 'upto' ? { amountAtomic, cost } : undefined
  return { token, upto, isTest: network.isTest ? true : undefined }
}
