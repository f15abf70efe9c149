import { provenBackend } from './known-answer.js'
import type { SigningBackend } from './signing-backend.js'

/** libsecp256k1 in WebAssembly, about 0.1 ms a signature. */
export async function loadWasmBackend(): Promise<SigningBackend | undefined> {
  try {
    const { signRecoverable } = await import('tiny-secp256k1')
    return provenBackend({
      name: 'wasm',
      isSync: true,
      sign(hash, key) {
        const { signature, recoveryId } = signRecoverable(hash, key)
        return { compact: signature, recovery: recoveryId }
      }
    })
  } catch {
    return undefined
  }
}
