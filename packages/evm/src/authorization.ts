import { type AuthorizationTypedData, authorizationTypes, type Hex } from './account/evm-account.js'

/** The token contract's EIP-712 domain. */
export type TokenDomain = AuthorizationTypedData['domain']

/** What an EIP-3009 authorization says. Times in Unix seconds. */
export type Authorization = AuthorizationTypedData['message']

/** Typed data for a wallet to sign. @see EIP-3009; x402 exact/EVM, "Signing" */
export function typedData(domain: TokenDomain, message: Authorization): AuthorizationTypedData {
  return { domain, types: authorizationTypes, primaryType: 'TransferWithAuthorization', message }
}

/** The wire payload of the exact scheme. @see x402 exact/EVM, "PaymentPayload" */
export function wirePayload(authorization: Authorization, signature: Hex, numericTimes: boolean) {
  const time = (seconds: bigint): string | number => (numericTimes ? Number(seconds) : seconds.toString())
  const { from, to, value, validAfter, validBefore, nonce } = authorization
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
