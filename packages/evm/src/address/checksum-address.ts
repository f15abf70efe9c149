import { keccak_256 } from '@noble/hashes/sha3.js'
import type { Address } from './address.js'
import { toHex } from './hex.js'

/** The address of an uncompressed public key, with its checksum. @see EIP-55 */
export function addressOf(publicKey: Uint8Array): Address {
  return checksumAddress(toHex(keccak_256(publicKey.subarray(1)).subarray(12)))
}

/** Writes an address in the letter case that is its checksum. @see EIP-55 */
export function checksumAddress(address: string): Address {
  const lower = address.slice(2).toLowerCase()
  const hash = toHex(keccak_256(new TextEncoder().encode(lower))).slice(2)
  const cased = [...lower].map((char, index) => (hash.charAt(index) >= '8' ? char.toUpperCase() : char))
  return `0x${cased.join('')}`
}
