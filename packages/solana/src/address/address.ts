import { BoundedMap } from '@bursar/core/bounded-map'
import bs58 from 'bs58'

/** A Solana address, in both of its forms. */
export interface Address {
  /** Base58. */
  readonly text: string
  /** 32 bytes, never changed. */
  readonly bytes: Uint8Array
}

const parsed = new BoundedMap<string, Address>(1024)

/** Reads a base58 address of exactly 32 bytes, or says that it is none. */
export function parseAddress(text: unknown): Address | undefined {
  if (typeof text !== 'string' || text.length < 32 || text.length > 44) return undefined
  const known = parsed.get(text)
  if (known) return known
  const bytes = bs58.decodeUnsafe(text)
  if (bytes?.length !== 32) return undefined
  const address = { text, bytes }
  parsed.set(text, address)
  return address
}

/**
 * Reads an address that must be one.
 *
 * @throws {TypeError}
 */
export function readAddress(text: string): Address {
  const address = parseAddress(text)
  if (!address) throw new TypeError('A Solana address must be base58 of 32 bytes')
  return address
}

/**
 * Writes 32 bytes as an address.
 *
 * @throws {TypeError} when they are not 32.
 */
export function formatAddress(bytes: Uint8Array): Address {
  if (bytes.length !== 32) throw new TypeError('A Solana address is 32 bytes long')
  return { text: bs58.encode(bytes), bytes: bytes.slice() }
}
