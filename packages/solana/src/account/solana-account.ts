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

/** What web3.js's transactions of both kinds have in common. */
export interface SolanaTransaction {
  serialize(): Uint8Array
}

/** A wallet adapter, or any other wallet that signs web3.js transactions. */
export interface SolanaWallet {
  /** `null` until it is connected. */
  readonly publicKey: SolanaPublicKey | null
  // A method, not a property: wallets type their parameter more widely or more narrowly than we use it.
  signTransaction(transaction: SolanaTransaction): Promise<SolanaTransaction>
}

/** Bytes as kit types them: nobody may write to them. */
type Bytes = ArrayLike<number>

/** A transaction as kit's signers take and give it. */
export interface SolanaKitTransaction {
  readonly messageBytes: Bytes
  /** By address; `null` while it is missing. */
  readonly signatures: Readonly<Record<string, Bytes | null>>
  /** The blockhash and its last valid block height. */
  readonly lifetimeConstraint?: object
}

/** A kit signer that gives signatures, such as a `KeyPairSigner`. */
export interface SolanaKitSigner {
  readonly address: string
  signTransactions(
    transactions: readonly SolanaKitTransaction[]
  ): Promise<readonly Readonly<Record<string, Bytes>>[]>
}

/** A kit signer that gives back whole transactions, such as a browser wallet. */
export interface SolanaKitModifyingSigner {
  readonly address: string
  modifyAndSignTransactions(
    transactions: readonly SolanaKitTransaction[]
  ): Promise<readonly Pick<SolanaKitTransaction, 'messageBytes' | 'signatures'>[]>
}

/**
 * An account that pays: a secret key (base58, a JSON array as text, or bytes; 64 bytes or a 32-byte seed), a web3.js
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
