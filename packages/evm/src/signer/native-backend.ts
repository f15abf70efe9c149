import { createRequire } from 'node:module'
import { provenBackend } from './known-answer.js'
import type { SigningBackend } from './signing-backend.js'

interface NativeBinding {
  ecdsaSign(hash: Uint8Array, key: Uint8Array): { readonly signature: Uint8Array; readonly recid: number }
}

/**
 * libsecp256k1 through N-API, about 0.04 ms a signature, where the optional package `secp256k1` is installed and has a
 * binary for this platform. The package's bindings are required by name: its main entry falls back to JavaScript
 * silently, which is slower than every other backend here.
 */
export function loadNativeBackend(): SigningBackend | undefined {
  try {
    const native: NativeBinding = createRequire(import.meta.url)('secp256k1/bindings')
    return provenBackend({
      name: 'native',
      isSync: true,
      sign(hash, key) {
        const { signature, recid } = native.ecdsaSign(hash, key)
        return { compact: signature, recovery: recid }
      }
    })
  } catch {
    return undefined
  }
}
