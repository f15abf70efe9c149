/** 64 bytes of r and s, low s, and which of the two points r names. */
interface RecoverableSignature {
  readonly compact: Uint8Array
  readonly recovery: number
}

/**
 * One rung of the ladder: signs a 32-byte hash with a 32-byte key, deterministically (RFC 6979), low s.
 * Every rung gives the same bytes.
 */
export interface Secp256k1Signer {
  readonly name: 'native' | 'wasm' | 'noble'
  sign(hash: Uint8Array, key: Uint8Array): RecoverableSignature | Promise<RecoverableSignature>
}
