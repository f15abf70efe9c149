import { isAddressEqual } from 'viem'
import type { Permit2Check } from '../context.js'
import { PERMIT2 } from '../contracts.js'
import { readTokenPermit } from '../token-permit.js'
import { SETTLING_SECONDS } from './terms.js'

/** The permit that a payment may bring is for this payment. */
export const tokenPermitFits: Permit2Check = ({ extensions, payload, asset, nowSeconds }) => {
  const permit = readTokenPermit(extensions)
  if (permit === undefined || typeof permit === 'string') return permit
  if (!isAddressEqual(permit.from, payload.permit2Authorization.from)) return 'eip2612_from_mismatch'
  if (!isAddressEqual(permit.asset, asset)) return 'eip2612_asset_mismatch'
  if (!isAddressEqual(permit.spender, PERMIT2)) return 'eip2612_spender_not_permit2'
  return permit.deadline >= nowSeconds + SETTLING_SECONDS ? undefined : 'eip2612_deadline_expired'
}
