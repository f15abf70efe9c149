import { BursarError, type Offer, shortText } from '@bursar/core'
import type { Address } from '../address/address.js'
import { payeeRejectionReason } from './payee.js'
import { hasDomain } from './token-domain.js'

/** Says why an offer cannot be paid with EIP-3009. Nothing is read from the chain. */
export function offerRejectionReason(offer: Offer, payer: Address): string | undefined {
  const { transfer = 'eip3009' } = offer.asset
  if (transfer !== 'eip3009') return `its asset ${offer.asset.symbol} is transferred by Permit2`
  const method = offer.extra.assetTransferMethod
  if (method !== undefined && method !== 'eip3009')
    return `its assetTransferMethod "${shortText(method, 80)}" is not eip3009`
  if (!hasDomain(offer)) return 'the signing domain of its asset is not known'
  return payeeRejectionReason(offer, payer)
}

/** The error for an offer that is prepared although it cannot be paid. */
export function offerRejectedError(network: string, reason: string): BursarError<'offer/none-usable'> {
  return new BursarError('offer/none-usable', {
    message: `The offer on ${network} cannot be paid: ${reason}. Nothing was signed.`,
    context: { offers: [{ network, reason }] },
    moneyState: 'none'
  })
}
