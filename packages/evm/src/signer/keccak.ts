import { createRequire } from 'node:module'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { toHex } from '../address/hex.js'

type Keccak = (bytes: Uint8Array) => Uint8Array

interface HashWasm {
  createKeccak(bits: 256): Promise<KeccakState>
}

interface KeccakState {
  init(): KeccakState
  update(bytes: Uint8Array): KeccakState
  digest(format: 'binary'): Uint8Array
}

/** About fifty payments: loading takes 6 ms, which a program that pays a few times would never get back. */
const HASHES_BEFORE_LOADING = 100

/**
 * Keccak-256. Module state, since all payers of a process share it: which implementation is used changes nothing but
 * the speed.
 */
export const keccak256 = createKeccak(loadKeccak, HASHES_BEFORE_LOADING)

/**
 * Hashes in JavaScript, 7 µs a block. After `hashesBefore` hashes WebAssembly is loaded, and from then on hashes in
 * 1 µs. Where it does not load, or its hash of a sample is another, JavaScript is kept.
 */
export function createKeccak(load: () => Promise<Keccak>, hashesBefore: number): Keccak {
  let hashes = 0
  let hash: Keccak = keccak_256
  const upgrade = async (): Promise<void> => {
    try {
      const loaded = await load()
      const sample = new TextEncoder().encode('Bursar'.repeat(50))
      if (toHex(loaded(sample)) === toHex(keccak_256(sample))) hash = loaded
    } catch {
      // This platform has no WebAssembly.
    }
  }
  return (bytes) => {
    if (++hashes === hashesBefore) void upgrade()
    return hash(bytes)
  }
}

/** hash-wasm's Keccak-256: the file of that algorithm alone, since its main entry holds all algorithms. */
export async function loadKeccak(): Promise<Keccak> {
  const wasm: HashWasm = createRequire(import.meta.url)('hash-wasm/dist/keccak.umd.min.js')
  const state = await wasm.createKeccak(256)
  return (bytes) => state.init().update(bytes).digest('binary')
}
