/** An address as viem spells it. */
export type Address = `0x${string}`
/** Hex text. */
export type Hex = `0x${string}`

/** EIP-712 typed data of an EIP-3009 authorization, as wallets take it. */
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
    readonly validAfter: bigint
    readonly validBefore: bigint
    readonly nonce: Hex
  }
}

/** @see EIP-3009 */
export const authorizationTypes = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' }
  ]
} as const

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

/** Who pays: a private key (`0x` and 64 hex digits), a viem account or wallet client, or any signer. */
export type EvmAccount = string | TypedDataSigner | TypedDataWallet
