import type { Address, Hex } from '../address/address.js'
import { addressOf } from '../address/checksum-address.js'
import { fromHex, toHex } from '../address/hex.js'
import { recoverPublicKeyOf } from '../signer/public-keys.js'

/** The order of secp256k1's group. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** A signature as its parts. */
interface Parts {
  /** 32 bytes. */
  readonly r: Uint8Array
  readonly s: bigint
  /** Which of the two points r names. */
  readonly recovery: 0 | 1
}

/**
 * A key's signature in the one form that tokens and facilitators take: 65 bytes, a low s, and v 27 or 28. Hardware
 * wallets return v as 0 and 1, some wallets 64 bytes (EIP-2098), and some libraries a high s.
 *
 * @returns `undefined` when it is not by the key of the address.
 * @see EIP-2; EIP-2098
 */
export function normalKeySignature(signature: Hex, hash: Uint8Array, address: Address): Hex | undefined {
  const parts = partsOf(fromHex(signature))
  if (!parts) return undefined
  const compact = new Uint8Array(64)
  const { r, s, recovery } = withLowS(parts)
  compact.set(r)
  compact.set(fromHex(`0x${s.toString(16).padStart(64, '0')}`), 32)
  if (recoverAddress(Uint8Array.of(recovery, ...compact), hash) !== address) return undefined
  return toHex(Uint8Array.of(...compact, 27 + recovery))
}

function partsOf(bytes: Uint8Array): Parts | undefined {
  const r = bytes.slice(0, 32)
  const s = BigInt(toHex(bytes.subarray(32, 64)))
  if (bytes.length === 64) return { r, s: BigInt.asUintN(255, s), recovery: s >> 255n === 0n ? 0 : 1 }
  const v = bytes.length === 65 ? bytes[64] : undefined
  if (v === 0 || v === 27) return { r, s, recovery: 0 }
  return v === 1 || v === 28 ? { r, s, recovery: 1 } : undefined
}

/** Of a signature and its mirror image, tokens take the one with the lower s. */
function withLowS({ r, s, recovery }: Parts): Parts {
  if (s <= ORDER / 2n || s >= ORDER) return { r, s, recovery }
  return { r, s: ORDER - s, recovery: recovery === 0 ? 1 : 0 }
}

/** @param signature recovery byte, r and s. */
function recoverAddress(signature: Uint8Array, hash: Uint8Array): Address | undefined {
  try {
    return addressOf(recoverPublicKeyOf(signature, hash))
  } catch {
    return undefined
  }
}
