/** A secret key that is used and never shown. */
export interface KeyPair {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 64 bytes. @see RFC 8032, "Ed25519" */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>
}

/** Ed25519 as the platform does it. Chosen by the `#ed25519` import condition; all give the same bytes. */
export interface Ed25519 {
  /** @param seed 32 bytes, erased when taken in. */
  keyPair(seed: Uint8Array): KeyPair | Promise<KeyPair>
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>
}

/** What comes before the seed in a PKCS #8 key. @see RFC 8410, section 7 */
export const PKCS8_PREFIX = Uint8Array.of(
  0x30,
  0x2e,
  2,
  1,
  0,
  0x30,
  5,
  6,
  3,
  0x2b,
  0x65,
  0x70,
  4,
  0x22,
  4,
  0x20
)
