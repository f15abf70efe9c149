import type { PaidToken, PurchaseOffer } from '../interfaces/purchase.js'
import type { Asset, Network } from '../network/network.js'

/** What an offer is paid with, and on which network. */
interface PaidOffer {
  readonly network: Network
  readonly asset: Asset
  readonly rate?: string | undefined
}

/** What the ledger keeps of an offer's token and network. For USDC on a network that is no test there is nothing to keep. */
export function paidWith({ network, asset, rate }: PaidOffer): Pick<PurchaseOffer, 'token' | 'isTest'> {
  const { symbol, decimals } = asset
  const isUsdc = symbol === 'USDC' && decimals === 6 && rate === undefined
  const token: PaidToken | undefined = isUsdc ? undefined : { symbol, decimals, rate }
  return { token, isTest: network.isTest ? true : undefined }
}
