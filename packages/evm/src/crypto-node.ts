import { loadNativeSigner } from './signer/native-rung.js'
import type { Secp256k1Signer } from './signer/secp256k1.js'
import { loadWasmSigner } from './signer/wasm-rung.js'

export { keccak256 } from './signer/keccak.js'

/** Node: the fastest rung that really loads. */
export async function loadSecp256k1(): Promise<Secp256k1Signer> {
  return (
    loadNativeSigner() ?? (await loadWasmSigner()) ?? (await import('./signer/noble-rung.js')).nobleSigner
  )
}
