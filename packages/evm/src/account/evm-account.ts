import type { Address, Hex } from '../address/address.js'
import type { TypedDataField, WalletTypedData } from './wallet-typed-data.js'

/** A viem account, a KMS signer, or anything else with an address that signs typed data. */
export interface TypedDataSigner {
  readonly address: Address
  // A method, not a property: wallets type their parameter more widely or more narrowly than we use it.
  signTypedData(data: WalletTypedData, options?: SigningOptions): Promise<Hex>
}

/** What a wallet may know of a question, beside what it is to sign. */
export interface SigningOptions {
  /**
   * Aborts once nobody waits for the signature: what is not signed by then need not be. Default: somebody waits for as long as
   * it takes.
   *
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
}

/** A viem wallet client that carries its account. */
export interface TypedDataWallet {
  readonly account: { readonly address: Address }
  signTypedData(data: WalletTypedData, options?: SigningOptions): Promise<Hex>
}

/** An ethers v6 `Wallet`, or another of its signers. */
export interface EthersSigner {
  getAddress(): Promise<string>
  /**
   * A function that takes typed data in three parts. It is not typed as one: the parameter of a signer that is written inline
   * would then have no type.
   */
  readonly signTypedData: object
}

/** How an {@link EthersSigner} signs. */
interface SignsInParts {
  signTypedData(
    domain: object,
    types: Record<string, TypedDataField[]>,
    value: Record<string, unknown>
  ): Promise<string>
}

/** A wallet of any kind: it signs typed data, and keeps its key to itself. */
export type EvmWallet = TypedDataSigner | TypedDataWallet | EthersSigner

/**
 * An account that pays: a private key (`0x` and 64 hex digits), a viem account or wallet client, an ethers v6 signer, or
 * any other signer.
 */
export type EvmAccount = string | EvmWallet

/**
 * Whether typed data goes to a wallet in three parts, as ethers takes it. Others that have a `getAddress` take it as one
 * object.
 */
export function isEthersSigner(wallet: EvmWallet): wallet is EthersSigner {
  if (!('getAddress' in wallet) || typeof wallet.getAddress !== 'function') return false
  return signsInParts(wallet) && wallet.signTypedData.length !== 1
}

/** Whether an object has the function that {@link EthersSigner} does not type. */
export function signsInParts(signer: object): signer is SignsInParts {
  return 'signTypedData' in signer && typeof signer.signTypedData === 'function'
}
