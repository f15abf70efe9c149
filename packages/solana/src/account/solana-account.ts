import type { WalletTransaction } from './wallet-transaction.js'

/** A public key as web3.js gives it. */
export interface SolanaPublicKey {
  toBytes(): Uint8Array
}

/** A web3.js `Keypair`, or anything of its shape. */
export interface SolanaKeypair {
  readonly publicKey: SolanaPublicKey
  /** Seed and public key, 64 bytes. */
  readonly secretKey: Uint8Array
}

/** A wallet adapter, or any other wallet that signs web3.js transactions. */
export interface SolanaWallet {
  /** `null` until it is connected. */
  readonly publicKey: SolanaPublicKey | null
  // A method, not a property: wallets type their parameter more widely or more narrowly than we use it.
  signTransaction(transaction: WalletTransaction): Promise<{ serialize(): Uint8Array }>
}

/** A transaction as kit's signers take and give it. */
export interface SolanaKitTransaction {
  readonly messageBytes: Uint8Array
  readonly signatures: Readonly<Record<string, Uint8Array | null>>
  readonly lifetimeConstraint: { readonly blockhash: string; readonly lastValidBlockHeight: bigint }
}

/** A kit signer that gives signatures, such as a `KeyPairSigner`. */
export interface SolanaKitSigner {
  readonly address: string
  signTransactions(
    transactions: readonly SolanaKitTransaction[]
  ): Promise<readonly Readonly<Record<string, Uint8Array>>[]>
}

/** A kit signer that gives back whole transactions, such as a browser wallet. */
export interface SolanaKitModifyingSigner {
  readonly address: string
  modifyAndSignTransactions(
    transactions: readonly SolanaKitTransaction[]
  ): Promise<readonly Pick<SolanaKitTransaction, 'messageBytes' | 'signatures'>[]>
}

/**
 * Who pays: a secret key (base58, a JSON array as text, or bytes; 64 bytes or a 32-byte seed), a web3.js
 * `Keypair`, a wallet adapter, or a kit signer.
 */
export type SolanaAccount =
  | string
  | readonly number[]
  | Uint8Array
  | SolanaKeypair
  | SolanaWallet
  | SolanaKitSigner
  | SolanaKitModifyingSigner
