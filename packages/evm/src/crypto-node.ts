import { loadNativeBackend } from './signer/native-backend.js'
import { nativePublicKeyOf } from './signer/native-public-key.js'
import type { SigningBackend } from './signer/signing-backend.js'
import { loadWasmBackend } from './signer/wasm-backend.js'

export { keccak256 } from './signer/keccak.js'

/** Node: the fastest backend that loads. */
export async function loadSigningBackend(): Promise<SigningBackend> {
  return (
    loadNativeBackend() ??
    (await loadWasmBackend()) ??
    (await import('./signer/noble-backend.js')).nobleBackend
  )
}

/** The public key of a secret one: 65 bytes, uncompressed. */
export async function publicKeyOf(key: Uint8Array): Promise<Uint8Array> {
  return nativePublicKeyOf(key) ?? (await import('./signer/public-keys.js')).publicKeyOf(key)
}
