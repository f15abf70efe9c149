import type { Address, Hex } from '../address/address.js'
import type { AuthorizationTypedData } from '../payment/authorization.js'

/** A viem account, a KMS signer, or anything else with an address that signs typed data. */
export interface TypedDataSigner {
  readonly address: Address
  // A method, not a property: wallets type their parameter more widely or more narrowly than we use it.
  signTypedData(data: AuthorizationTypedData): Promise<Hex>
}

/** A viem wallet client that carries its account. */
export interface TypedDataWallet {
  readonly account: { readonly address: Address }
  signTypedData(data: AuthorizationTypedData): Promise<Hex>
}

/** An account that pays: a private key (`0x` and 64 hex digits), a viem account or wallet client, or any signer. */
export type EvmAccount = string | TypedDataSigner | TypedDataWallet
