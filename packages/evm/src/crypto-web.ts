import { nobleBackend } from './signer/noble-backend.js'
import type { SigningBackend } from './signer/signing-backend.js'

export { keccak_256 as keccak256 } from '@noble/hashes/sha3.js'

/** Browsers and edge runtimes: the smallest backend, which needs neither a binary nor WebAssembly. */
export async function loadSigningBackend(): Promise<SigningBackend> {
  return nobleBackend
}
