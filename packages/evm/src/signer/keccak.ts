import { createRequire } from 'node:module'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { toHex } from '../account/hex.js'

type Keccak = (bytes: Uint8Array) => Uint8Array

interface HashWasm {
  createKeccak(bits: 256): Promise<State>
}

interface State {
  init(): State
  update(bytes: Uint8Array): State
  digest(format: 'binary'): Uint8Array
}

/** Loading WebAssembly takes as long as some five hundred hashes save: not for a program that pays a few times. */
const HASHES_BEFORE = 100

let hashes = 0
let hash: Keccak = keccak_256

/** Keccak-256, in JavaScript at first and, once that is worth it, in WebAssembly: 1 µs a block instead of 7. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  if (++hashes === HASHES_BEFORE) {
    loadKeccak().then(
      (loaded) => {
        hash = loaded
      },
      // Where it does not load, JavaScript goes on.
      () => {}
    )
  }
  return hash(bytes)
}

/**
 * Loads the WebAssembly.
 *
 * @throws when there is none on this platform, or it hashes otherwise.
 */
export async function loadKeccak(): Promise<Keccak> {
  const wasm: HashWasm = createRequire(import.meta.url)('hash-wasm/dist/keccak.umd.min.js')
  const state = await wasm.createKeccak(256)
  const loaded: Keccak = (bytes) => state.init().update(bytes).digest('binary')
  const sample = new TextEncoder().encode('Bursar'.repeat(50))
  if (toHex(loaded(sample)) !== toHex(keccak_256(sample))) throw new TypeError('It is not Keccak-256')
  return loaded
}
