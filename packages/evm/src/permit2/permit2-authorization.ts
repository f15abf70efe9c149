import type { JsonObject } from '@bursar/core'
import type { TypedData } from '../account/wallet-typed-data.js'
import type { Address, Hex } from '../address/address.js'
import { PERMIT2, proxies } from './addresses.js'

/** What a payer signs for Permit2: that a proxy may take so much of a token, once, for a payee. */
export interface Permit2Authorization {
  readonly chainId: number
  readonly from: Address
  readonly token: Address
  /** Exactly what is paid, or the most that `upto` may take. */
  readonly amount: bigint
  readonly to: Address
  /** `upto` only: who may say what is taken. */
  readonly facilitator?: Address | undefined
  /** 256 random bits. */
  readonly nonce: bigint
  /** Unix seconds. The chain still takes it in a block of this time. */
  readonly deadline: bigint
}

/** The contract that may take the tokens. */
export function spenderOf({ facilitator }: Pick<Permit2Authorization, 'facilitator'>): Address {
  return proxies[facilitator === undefined ? 'exact' : 'upto']
}

const address = (name: string) => ({ name, type: 'address' })
const uint256 = (name: string) => ({ name, type: 'uint256' })

/** What is signed, as EIP-712 typed data. @see x402 exact/EVM, "Permit2"; x402 upto/EVM */
export function permit2TypedData(authorization: Permit2Authorization): TypedData {
  const { chainId, token, amount, to, facilitator, nonce, deadline } = authorization
  const parties = { to, ...(facilitator && { facilitator }) }
  return {
    domain: { name: 'Permit2', chainId, verifyingContract: PERMIT2 },
    types: {
      PermitWitnessTransferFrom: [
        { name: 'permitted', type: 'TokenPermissions' },
        address('spender'),
        uint256('nonce'),
        uint256('deadline'),
        { name: 'witness', type: 'Witness' }
      ],
      TokenPermissions: [address('token'), uint256('amount')],
      Witness: [...Object.keys(parties).map(address), uint256('validAfter')]
    },
    primaryType: 'PermitWitnessTransferFrom',
    message: {
      permitted: { token, amount },
      spender: spenderOf(authorization),
      nonce,
      deadline,
      witness: { ...parties, validAfter: 0n }
    }
  }
}

/** The wire payload: every number is decimal text. @see x402 exact/EVM, "Permit2"; x402 upto/EVM */
export function permit2Payload(authorization: Permit2Authorization, signature: Hex): JsonObject {
  const { from, token, amount, to, facilitator, nonce, deadline } = authorization
  return {
    signature,
    permit2Authorization: {
      from,
      permitted: { token, amount: amount.toString() },
      spender: spenderOf(authorization),
      nonce: nonce.toString(),
      deadline: deadline.toString(),
      witness: { to, ...(facilitator && { facilitator }), validAfter: '0' }
    }
  }
}
