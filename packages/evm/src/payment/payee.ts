import type { Offer } from '@bursar/core'
import { type Address, isAddress, isSameHex } from '../address/address.js'

const ZERO = `0x${'0'.repeat(40)}`

/**
 * Says why nobody should be paid at an offer's `payTo`: it is malformed, the zero address, the token's own contract,
 * from which nobody can take USDC out again, or the payer.
 */
export function payeeRejectionReason({ payTo, asset }: Offer, payer: Address): string | undefined {
  if (!isAddress(payTo)) return 'its payTo is not an address'
  if (isSameHex(payTo, ZERO)) return 'its payTo is the zero address'
  if (isSameHex(payTo, asset.address)) return "its payTo is the token's own contract"
  if (isSameHex(payTo, payer)) return 'its payTo is the account that pays'
  return undefined
}
