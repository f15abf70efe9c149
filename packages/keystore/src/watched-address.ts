import { keccak_256 } from '@noble/hashes/sha3.js'
import bs58 from 'bs58'
import type { Chain } from './chain-key.js'

/** An address to look at. */
export interface WatchedAddress {
  readonly chain: Chain
  readonly address: string
}

/**
 * Reads an address of either chain, and writes one of EVM with its checksum.
 *
 * @throws {TypeError} when it is none, or its letters are not its checksum.
 */
export function parseWatchedAddress(text: string): WatchedAddress {
  const address = text.trim()
  if (/^0x[0-9a-f]{40}$/i.test(address)) return { chain: 'evm', address: withChecksum(address) }
  if (/^\w{32,44}$/.test(address) && bs58.decodeUnsafe(address)?.length === 32)
    return { chain: 'solana', address }
  throw new TypeError(
    `"${address.slice(0, 50)}" is no address of EVM (0x and 40 hex digits) or Solana (base58)`
  )
}

/** @see EIP-55 */
function withChecksum(address: string): string {
  const lower = address.slice(2).toLowerCase()
  const hash = Buffer.from(keccak_256(new TextEncoder().encode(lower))).toString('hex')
  const cased = [...lower]
    .map((char, index) => (hash.charAt(index) >= '8' ? char.toUpperCase() : char))
    .join('')
  const given = address.slice(2)
  if (given === cased || given === lower || given === lower.toUpperCase()) return `0x${cased}`
  throw new TypeError(`The letters of ${address} are not its checksum: copy it again`)
}
