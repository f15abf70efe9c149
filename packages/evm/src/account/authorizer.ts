import type { Authorizer } from '@bursar/core'
import type { Address, Hex } from '../address/address.js'
import type { AuthorizationRequest } from '../payment/authorization.js'
import type { TypedData } from './wallet-typed-data.js'

/** Signs for one address. A signature is 65 bytes, or a contract wallet's. */
export interface EvmAuthorizer extends Authorizer<Address, AuthorizationRequest, Hex> {
  /** Signs typed data that is no EIP-3009 authorization. @throws {BursarError} `signer/failed` */
  signData(request: DataRequest, signal?: AbortSignal): Promise<Hex>
}

/** Typed data that is to be signed. */
export interface DataRequest {
  readonly data: TypedData
  /** What EIP-712 makes of the data: this is what a key signs. */
  readonly hash: Uint8Array
  /** Set where contracts take the signatures of keys alone, as the `permit` of a token does. */
  readonly isForKeys?: true
}
