/**
 * Pays with a key that Turnkey keeps. `createAccount` of `@turnkey/viem` makes a viem account, which pays as it is; this
 * is for those who have Turnkey's own client alone.
 *
 * ```ts
 * import { Turnkey } from '@turnkey/sdk-server'
 * const turnkey = new Turnkey({ apiBaseUrl, apiPublicKey, apiPrivateKey, defaultOrganizationId })
 * const evm = turnkeyAccount(turnkey.apiClient(), '0x…')
 * const bursar = createBursar({ evm, limits: { payment: '0.25' } })
 * ```
 */
import type { TypedDataSigner } from 'bursar'
import { type Address, hashTypedData } from 'viem'

/** The part of Turnkey's API client that is used. */
export interface TurnkeyClient {
  signRawPayload(request: {
    readonly signWith: string
    readonly payload: string
    readonly encoding: 'PAYLOAD_ENCODING_HEXADECIMAL'
    readonly hashFunction: 'HASH_FUNCTION_NO_OP'
  }): Promise<{ readonly r: string; readonly s: string; readonly v: string }>
}

/** @param address the wallet account's address, which is also its name at Turnkey. */
export function turnkeyAccount(client: TurnkeyClient, address: Address): TypedDataSigner {
  return {
    address,
    async signTypedData(data) {
      const { r, s, v } = await client.signRawPayload({
        signWith: address,
        payload: hashTypedData(data).slice(2),
        encoding: 'PAYLOAD_ENCODING_HEXADECIMAL',
        hashFunction: 'HASH_FUNCTION_NO_OP'
      })
      // Hex digits without 0x; v is 00 or 01, which is sent as 27 or 28.
      return `0x${r.padStart(64, '0')}${s.padStart(64, '0')}${v.padStart(2, '0')}`
    }
  }
}
