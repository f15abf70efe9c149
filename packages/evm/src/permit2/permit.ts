import { isJsonObject, type JsonObject, type Offer } from '@bursar/core'
import type { TypedData } from '../account/wallet-typed-data.js'
import type { Address, Hex } from '../address/address.js'
import type { TokenDomain } from '../payment/authorization.js'
import { hasDomain } from '../payment/token-domain.js'
import { PERMIT2 } from './addresses.js'

/** The extension by which a server pays for letting Permit2 take the tokens. */
const EXTENSION = 'eip2612GasSponsoring'

/** What a payer signs for the token: that Permit2 may take exactly what the payment says. @see EIP-2612 */
export interface Permit {
  readonly domain: TokenDomain
  readonly owner: Address
  readonly value: bigint
  /** The owner's next one, which the token counts. */
  readonly nonce: bigint
  /** Unix seconds: the payment's own. */
  readonly deadline: bigint
}

/** Whether the server pays for the permit of an offer, and the token has one. */
export function isSponsoredOffer(offer: Offer, extensions: JsonObject = {}): boolean {
  return isJsonObject(extensions[EXTENSION]) && offer.asset.transfer !== 'permit2' && hasDomain(offer)
}

/** What is signed, as EIP-712 typed data. @see EIP-2612 */
export function permitTypedData({ domain, owner, value, nonce, deadline }: Permit): TypedData {
  return {
    domain,
    types: {
      Permit: [
        { name: 'owner', type: 'address' },
        { name: 'spender', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' }
      ]
    },
    primaryType: 'Permit',
    message: { owner, spender: PERMIT2, value, nonce, deadline }
  }
}

/** The extension as the payment answers it: all that the server sent, and the signed permit. @see x402 eip2612GasSponsoring */
export function permitExtension(declared: JsonObject, permit: Permit, signature: Hex): JsonObject {
  const extension = declared[EXTENSION]
  const sent = isJsonObject(extension) ? extension : {}
  const info = isJsonObject(sent.info) ? sent.info : {}
  const { domain, owner, value, nonce, deadline } = permit
  const answer = {
    from: owner,
    asset: domain.verifyingContract,
    spender: PERMIT2,
    amount: value.toString(),
    nonce: nonce.toString(),
    deadline: deadline.toString(),
    signature
  }
  return { [EXTENSION]: { ...sent, info: { ...info, ...answer } } }
}
