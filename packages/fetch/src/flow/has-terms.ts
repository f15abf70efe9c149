import { type Offer, sameAddress } from '@bursar/core'

/** Whether an offer asks what another did: the same amount of the same token, to the same account. */
export function hasTermsOf(one: Offer, other: Offer): boolean {
  return (
    one.scheme === other.scheme &&
    one.network.id === other.network.id &&
    one.amountAtomic === other.amountAtomic &&
    sameAddress(one.asset.address, other.asset.address) &&
    sameAddress(one.payTo, other.payTo)
  )
}
