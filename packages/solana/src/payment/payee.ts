import type { Offer } from '@bursar/core'
import type { Address } from '../address/address.js'
import { SYSTEM } from '../address/programs.js'

/**
 * Says why nobody should be paid at an offer's `payTo`: it is the zero address (which is the system program's), the
 * token's mint, neither of which can ever send USDC on, or the account that pays.
 */
export function payeeRejectionReason(
  recipient: Address,
  asset: Offer['asset'],
  owner: Address
): string | undefined {
  if (recipient.text === SYSTEM.text) return 'its payTo is the zero address'
  if (recipient.text === asset.address) return "its payTo is the token's own mint"
  if (recipient.text === owner.text) return 'its payTo is the account that pays'
  return undefined
}
