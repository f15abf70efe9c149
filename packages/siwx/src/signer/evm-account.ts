/** An address as viem spells it. */
export type Address = `0x${string}`
/** Hex text. */
export type Hex = `0x${string}`

/** A viem account, or anything else with an address that signs texts (EIP-191). */
export interface EvmMessageAccount {
  readonly address: Address
  /** viem says `smart` for accounts that are contracts. */
  readonly type?: string
  // A method, not a property: wallets type their parameter more widely or more narrowly than we use it.
  signMessage(parameters: { readonly message: string }): Promise<Hex>
}

/** A viem wallet client that carries its account. */
export interface EvmMessageWallet {
  readonly account: { readonly address: Address; readonly type?: string }
  signMessage(parameters: { readonly message: string }): Promise<Hex>
}

/** An account that signs on EVM: a private key (`0x` and 64 hex digits), a viem account or a wallet client. */
export type EvmProofAccount = string | EvmMessageAccount | EvmMessageWallet
