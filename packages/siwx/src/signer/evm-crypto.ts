/** What proofs need of Ethereum's keys. */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { publicKeyOf } from '#public-key'
import type { Address } from './evm-account.js'

/** An uncompressed public key's address, with its checksum. */
function addressOf(publicKey: Uint8Array): Address {
  return checksumAddress(bytesToHex(keccak_256(publicKey.subarray(1)).subarray(12)))
}

/** The order of secp256k1's group. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** Whether 32 bytes in hex, with `0x`, are a secret key. */
export function isSecretKey(hex: string): boolean {
  const scalar = BigInt(hex)
  return scalar > 0n && scalar < ORDER
}

/** The address of a secret key. */
export async function addressOfKey(key: Uint8Array): Promise<Address> {
  return addressOf(await publicKeyOf(key))
}

/**
 * Writes an address in the letter case that is its checksum.
 *
 * @param address 40 hex digits, with or without `0x`.
 * @see EIP-55
 */
export function checksumAddress(address: string): Address {
  const lower = address.slice(-40).toLowerCase()
  const hash = bytesToHex(keccak_256(utf8ToBytes(lower)))
  const cased = [...lower].map((char, index) => (hash.charAt(index) >= '8' ? char.toUpperCase() : char))
  return `0x${cased.join('')}`
}

/** The hash that is signed for a text. @see EIP-191, version 0x45 */
function hashText(text: string): Uint8Array {
  const bytes = utf8ToBytes(text)
  return keccak_256(concatBytes(utf8ToBytes(`\x19Ethereum Signed Message:\n${bytes.length}`), bytes))
}

/** Signs a text: 65 bytes, low s, v 27 or 28. */
export async function signText(text: string, key: Uint8Array): Promise<Uint8Array> {
  const { signHash } = await import('./secp256k1.js')
  const [recovery = 0, ...compact] = await signHash(hashText(text), key)
  return Uint8Array.of(...compact, 27 + recovery)
}

/** The address that signed a text, or nothing when the bytes are not a signature of 65 bytes. */
export async function recoverAddress(text: string, signature: Uint8Array): Promise<Address | undefined> {
  const v = signature[64] ?? 0
  const recovery = v >= 27 ? v - 27 : v
  if (signature.length !== 65 || recovery > 1) return undefined
  const { recoverPublicKeyOf } = await import('./secp256k1.js')
  const publicKey = recoverPublicKeyOf(Uint8Array.of(recovery, ...signature.subarray(0, 64)), hashText(text))
  return publicKey && addressOf(publicKey)
}

/**
 * A key's signature of a text in the form that servers take: 65 bytes, a low s, and v 27 or 28. Wallets also return v as 0 or
 * 1, 64 bytes, or a high s.
 *
 * @returns `undefined` when it is not by the key of the address.
 * @see EIP-2; EIP-2098
 */
export async function normalTextSignature(
  text: string,
  signature: Uint8Array,
  address: Address
): Promise<Uint8Array | undefined> {
  const parts = partsOf(signature)
  if (!parts) return undefined
  const { r, s, isOdd } = parts
  const isHigh = s > ORDER / 2n && s < ORDER
  const low = hexToBytes((isHigh ? ORDER - s : s).toString(16).padStart(64, '0'))
  const normal = Uint8Array.of(...r, ...low, 27 + Number(isOdd !== isHigh))
  return (await recoverAddress(text, normal)) === address ? normal : undefined
}

function partsOf(bytes: Uint8Array) {
  const [r, tail] = [bytes.slice(0, 32), BigInt(`0x${bytesToHex(bytes.slice(32, 64)) || '0'}`)]
  if (bytes.length === 64) return { r, s: BigInt.asUintN(255, tail), isOdd: tail >> 255n === 1n }
  const v = bytes[64] ?? 0
  const recovery = v >= 27 ? v - 27 : v
  return bytes.length === 65 && recovery <= 1 ? { r, s: tail, isOdd: recovery === 1 } : undefined
}
