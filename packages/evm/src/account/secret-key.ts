import { malformedEvmKey } from '@bursar/core'
import { isHash } from '../address/address.js'
import { fromHex } from '../address/hex.js'

/** The order of secp256k1's group. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/**
 * Reads a private key.
 *
 * @returns its 32 bytes.
 * @throws {TypeError} which says what is wrong without a digit of the key.
 */
export function readSecretKey(text: string): Uint8Array {
  if (!isHash(text)) throw malformedEvmKey(text)
  const scalar = BigInt(text)
  if (scalar === 0n || scalar >= ORDER) {
    throw new TypeError('The EVM private key is out of range (its value is not shown)')
  }
  return fromHex(text)
}
