import { fromHex } from './hex.js'

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/**
 * Reads a private key. What is wrong is told without a digit of it.
 *
 * @throws {TypeError}
 */
export function readSecretKey(text: string): Uint8Array {
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) {
    throw new TypeError('The EVM private key is not 0x and 64 hex digits (its value is not shown)')
  }
  const scalar = BigInt(text)
  if (scalar === 0n || scalar >= ORDER)
    throw new TypeError('The EVM private key is out of range (its value is not shown)')
  return fromHex(text)
}
