/** A secret key that is used and never shown. */
export type KeyPair = SyncKeyPair | AsyncKeyPair

/** Signs without a wait. @see RFC 8032, "Ed25519" */
interface SyncKeyPair {
  readonly isSync: true
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** @returns 64 bytes. */
  readonly sign: (message: Uint8Array) => Uint8Array
}

/** Signs as WebCrypto and JavaScript do. @see RFC 8032, "Ed25519" */
interface AsyncKeyPair {
  readonly isSync: false
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** @returns 64 bytes. */
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>
}

/** Ed25519 as the platform does it. Chosen by the `#ed25519` import condition; all backends give the same bytes. */
export interface Ed25519 {
  /** @param seed 32 bytes, erased once they are copied. */
  keyPair(seed: Uint8Array): SyncKeyPair | Promise<AsyncKeyPair>
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>
}

/** Ed25519 of a runtime that cannot sign without a wait. */
export interface AsyncEd25519 extends Ed25519 {
  keyPair(seed: Uint8Array): Promise<AsyncKeyPair>
}

/** The bytes before the seed in a PKCS #8 key. @see RFC 8410, section 7 */
export const PKCS8_PREFIX = Uint8Array.from([
  ...[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70],
  ...[4, 0x22, 4, 0x20]
])
