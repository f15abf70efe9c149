import { type Dialect, type Offer, shortText } from '@bursar/core'
import { type Address, isAddress } from '../address/address.js'
import { payeeRejectionReason } from '../payment/payee.js'
import { chainIdOf } from '../payment/token-domain.js'
import { chainsWithoutPermit2, PERMIT2 } from './addresses.js'

/** Says why an offer cannot be paid through Permit2, whatever the account holds. Nothing is read from the chain. */
export function permit2RejectionReason(offer: Offer, payer: Address, dialect: Dialect): string | undefined {
  const { scheme, extra, network } = offer
  const { assetTransferMethod: method, facilitatorAddress } = extra
  if (dialect.name !== 'x402-v2') return 'Permit2 is paid in version 2 of x402 alone'
  if (method !== undefined && method !== 'permit2')
    return `its assetTransferMethod "${shortText(method, 80)}" is not permit2`
  if (chainsWithoutPermit2.includes(chainIdOf(network.id)))
    return 'Permit2 stands at another address on its network'
  if (scheme === 'upto' && !isAddress(facilitatorAddress))
    return 'its facilitatorAddress is missing or malformed'
  return payeeRejectionReason(offer, payer)
}

/** Says what the owner of the tokens has to do before Permit2 can take them. */
export function missingApprovalReason({ asset, network }: Offer, payer: Address): string {
  return (
    `${payer} has not allowed Permit2 to take so much ${asset.symbol}, and the server does not pay the gas for that; ` +
    `send approve(${PERMIT2}, …) to ${asset.address} on ${network.id} once from that account`
  )
}
