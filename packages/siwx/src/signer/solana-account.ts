/** A public key as web3.js gives it. */
export interface SolanaPublicKey {
  toBytes(): Uint8Array
}

/** A web3.js `Keypair`, or anything of its shape. */
export interface SolanaProofKeypair {
  readonly publicKey: SolanaPublicKey
  /** Seed and public key, 64 bytes. */
  readonly secretKey: Uint8Array
}

/** A wallet adapter, or an injected wallet, that signs messages. */
export interface SolanaMessageWallet {
  /** `null` until it is connected. */
  readonly publicKey: SolanaPublicKey | null
  // A method, not a property: wallets type their parameter more widely or more narrowly than we use it.
  signMessage(message: Uint8Array): Promise<Uint8Array | { readonly signature: Uint8Array }>
}

/** A message as kit's signers take it. */
export interface SolanaKitMessage {
  readonly content: Uint8Array
  readonly signatures: Readonly<Record<string, never>>
}

/** A kit signer that signs messages, such as a `KeyPairSigner`. */
export interface SolanaKitMessageSigner {
  readonly address: string
  signMessages(
    messages: readonly SolanaKitMessage[]
  ): Promise<readonly Readonly<Record<string, ArrayLike<number>>>[]>
}

/**
 * An account that signs on Solana: a secret key (base58, a JSON array as text, or bytes; 64 bytes or a 32-byte seed), a
 * web3.js `Keypair`, a wallet adapter with `signMessage`, or a kit signer with `signMessages`.
 */
export type SolanaProofAccount =
  | string
  | readonly number[]
  | Uint8Array
  | SolanaProofKeypair
  | SolanaMessageWallet
  | SolanaKitMessageSigner
