import { loadNativeBackend } from './signer/native-backend.js'
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
