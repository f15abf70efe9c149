/** 64 bytes of r and s, low s, and which of the two points r names. */
export interface RecoverableSignature {
  readonly compact: Uint8Array
  readonly recovery: number
}

/**
 * Signs a 32-byte hash with a 32-byte key, deterministically (RFC 6979), with a low s. Every backend gives the same
 * bytes.
 */
export type SigningBackend = SyncBackend | AsyncBackend

/** Signs without a wait. */
export interface SyncBackend {
  readonly name: 'native' | 'wasm'
  readonly isSync: true
  readonly sign: (hash: Uint8Array, key: Uint8Array) => RecoverableSignature
}

interface AsyncBackend {
  readonly name: 'noble'
  readonly isSync: false
  readonly sign: (hash: Uint8Array, key: Uint8Array) => Promise<RecoverableSignature>
}
