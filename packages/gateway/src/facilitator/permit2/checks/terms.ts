import { isAddressEqual } from 'viem'
import type { Permit2Check } from '../context.js'
import { exactProxy, uptoProxy } from '../contracts.js'

/** Settling takes a few seconds, so a signature must live at least that long. */
export const SETTLING_SECONDS = 6n

/** The offer is for this chain. */
export const networkMatches: Permit2Check = ({ requirements, chainId }) => {
  if (requirements.network === `eip155:${chainId}`) return undefined
  return requirements.scheme === 'upto' ? 'invalid_upto_evm_network_mismatch' : 'network_mismatch'
}

/** The proxy of the scheme may spend. */
export const spenderIsTheProxy: Permit2Check = ({ requirements, payload }) => {
  const proxy = requirements.scheme === 'upto' ? uptoProxy : exactProxy
  const { spender } = payload.permit2Authorization
  return isAddressEqual(spender, proxy.address) ? undefined : 'invalid_permit2_spender'
}

/** The tokens go to the payee. */
export const paysThePayee: Permit2Check = ({ requirements, payload }) =>
  payload.permit2Authorization.witness.to.toLowerCase() === requirements.payTo.toLowerCase()
    ? undefined
    : 'invalid_permit2_recipient_mismatch'

/** Only the facilitator that is named may settle a payment of the upto scheme. */
export const namesThisFacilitator: Permit2Check = ({ payload, relayer }) => {
  const { witness } = payload.permit2Authorization
  if (!('facilitator' in witness)) return undefined
  return isAddressEqual(witness.facilitator, relayer) ? undefined : 'upto_facilitator_mismatch'
}

/** The signature lives long enough to be settled. */
export const livesLongEnough: Permit2Check = ({ payload, nowSeconds }) =>
  payload.permit2Authorization.deadline >= nowSeconds + SETTLING_SECONDS
    ? undefined
    : 'permit2_deadline_expired'

/** The payment is already valid. */
export const isAlreadyValid: Permit2Check = ({ payload, nowSeconds }) =>
  payload.permit2Authorization.witness.validAfter <= nowSeconds ? undefined : 'permit2_not_yet_valid'

/** Exactly the amount of the offer is permitted. */
export const permitsTheAmount: Permit2Check = ({ payload, requirements }) =>
  payload.permit2Authorization.permitted.amount === BigInt(requirements.amount)
    ? undefined
    : 'permit2_amount_mismatch'

/** The token of the offer is permitted. */
export const permitsTheToken: Permit2Check = ({ payload, asset }) =>
  isAddressEqual(payload.permit2Authorization.permitted.token, asset) ? undefined : 'permit2_token_mismatch'

/** The asset's address has a contract. */
export const assetHasCode: Permit2Check = async ({ client, asset }) =>
  (await client.getCode({ address: asset })) ? undefined : 'asset_without_code'
