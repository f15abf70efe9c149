import type { Dialect, JsonObject } from '@bursar/core'
import type { Address, Hex } from '../address/address.js'

/** @see EIP-3009 */
const authorizationTypes = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' }
  ]
} as const

/** EIP-712 typed data of an EIP-3009 authorization. */
export interface AuthorizationTypedData {
  readonly domain: {
    readonly name: string
    readonly version: string
    readonly chainId: number
    readonly verifyingContract: Address
  }
  readonly types: typeof authorizationTypes
  readonly primaryType: 'TransferWithAuthorization'
  readonly message: {
    readonly from: Address
    readonly to: Address
    readonly value: bigint
    /** Unix seconds. */
    readonly validAfter: bigint
    /** Unix seconds. */
    readonly validBefore: bigint
    readonly nonce: Hex
  }
}

/** The token contract's EIP-712 domain. */
export type TokenDomain = AuthorizationTypedData['domain']

/** What an EIP-3009 authorization says. */
export type Authorization = AuthorizationTypedData['message']

/** What an EVM account signs: an authorization, in the signing domain of its token. */
export interface AuthorizationRequest {
  readonly domain: TokenDomain
  readonly authorization: Authorization
}

/** What is signed, as EIP-712 typed data. @see EIP-3009; x402 exact/EVM, "Signing" */
export function typedDataOf({
  domain,
  authorization: message
}: AuthorizationRequest): AuthorizationTypedData {
  return { domain, types: authorizationTypes, primaryType: 'TransferWithAuthorization', message }
}

/**
 * The wire payload of the exact scheme.
 *
 * @param dialect says how times are written: Katana's has them as JSON numbers.
 * @see x402 exact/EVM, "PaymentPayload"
 */
export function wirePayload(
  { from, to, value, validAfter, validBefore, nonce }: Authorization,
  signature: Hex,
  { numericTimes }: Pick<Dialect, 'numericTimes'>
): JsonObject {
  const time = (seconds: bigint): string | number => (numericTimes ? Number(seconds) : seconds.toString())
  return {
    signature,
    authorization: {
      from,
      to,
      value: value.toString(),
      validAfter: time(validAfter),
      validBefore: time(validBefore),
      nonce
    }
  }
}
