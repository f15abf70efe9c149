/** 64 bytes of r and s, low s, and which of the two points r names. */
export interface RecoverableSignature {
  readonly compact: Uint8Array
  readonly recovery: number
}

/**
 * One rung of the ladder: signs a 32-byte hash with a 32-byte key, deterministically (RFC 6979), low s.
 * Every rung gives the same bytes.
 */
export type Secp256k1Signer = SyncSigner | AsyncSigner

/** Signs without a wait. */
interface SyncSigner {
  readonly name: 'native' | 'wasm'
  readonly isSync: true
  sign(hash: Uint8Array, key: Uint8Array): RecoverableSignature
}

interface AsyncSigner {
  readonly name: 'noble'
  readonly isSync: false
  sign(hash: Uint8Array, key: Uint8Array): Promise<RecoverableSignature>
}
