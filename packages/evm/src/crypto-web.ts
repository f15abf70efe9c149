import { nobleSigner } from './signer/noble-rung.js'
import type { Secp256k1Signer } from './signer/secp256k1.js'

export { keccak_256 as keccak256 } from '@noble/hashes/sha3.js'

/** Browsers and edge runtimes: the smallest rung, which needs neither a binary nor WebAssembly. */
export async function loadSecp256k1(): Promise<Secp256k1Signer> {
  return nobleSigner
}
