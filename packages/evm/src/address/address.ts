/** An EVM address, `0x` and 40 hex digits, as viem types it. */
export type Address = `0x${string}`
/** Bytes as `0x` and hex digits. */
export type Hex = `0x${string}`

/** Whether a value is an address, in any letter case. */
export function isAddress(value: unknown): value is Address {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{40}$/.test(value)
}

/** Whether a value is 32 bytes of hex: a transaction's hash, or the nonce of an authorization. */
export function isHash(value: unknown): value is Hex {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{64}$/.test(value)
}

/**
 * Reads a text that must be an address.
 *
 * @throws {TypeError}
 */
export function readAddress(text: string): Address {
  if (isAddress(text)) return text
  throw new TypeError('An EVM address must be 0x and 40 hex digits')
}

/**
 * Reads a text that must be 32 bytes of hex.
 *
 * @throws {TypeError}
 */
export function readHash(text: string): Hex {
  if (isHash(text)) return text
  throw new TypeError('A hash must be 0x and 64 hex digits')
}

/** Whether two addresses or hashes are the same, in any letter case. */
export function isSameHex(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
