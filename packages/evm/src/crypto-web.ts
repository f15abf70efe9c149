import type { SigningBackend } from './signer/signing-backend.js'

export { keccak_256 as keccak256 } from '@noble/hashes/sha3.js'

/**
 * Browsers and edge runtimes: the smallest backend, which needs neither a binary nor WebAssembly. It loads with the first
 * payment.
 */
export async function loadSigningBackend(): Promise<SigningBackend> {
  return (await import('./signer/noble-backend.js')).nobleBackend
}

/** The public key of a secret one: 65 bytes, uncompressed. */
export async function publicKeyOf(key: Uint8Array): Promise<Uint8Array> {
  return (await import('./signer/public-keys.js')).publicKeyOf(key)
}
