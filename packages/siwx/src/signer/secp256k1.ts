/** The curve in JavaScript. Loaded by who signs or checks: that takes 3 ms. */
import { getPublicKey, Point, recoverPublicKey, signAsync } from '@noble/secp256k1'

/** The public key of a secret one: 65 bytes, uncompressed. @throws when the key is out of range. */
export function publicKeyOf(key: Uint8Array): Uint8Array {
  return getPublicKey(key, false)
}

/** Signs a hash: recovery byte, r, and a low s. */
export function signHash(hash: Uint8Array, key: Uint8Array): Promise<Uint8Array> {
  return signAsync(hash, key, { prehash: false, format: 'recovered' })
}

/** The public key, uncompressed, that made a signature over a hash; nothing when there is none. @param signature as {@link signHash} writes it. */
export function recoverPublicKeyOf(signature: Uint8Array, hash: Uint8Array): Uint8Array | undefined {
  try {
    return Point.fromBytes(recoverPublicKey(signature, hash, { prehash: false })).toBytes(false)
  } catch {
    return undefined
  }
}
