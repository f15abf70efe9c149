/** The operations on public keys. A separate module, so that bundlers leave out the rest of noble. */
import { getPublicKey, Point, recoverPublicKey } from '@noble/secp256k1'

/** The public key of a secret one: 65 bytes, uncompressed. */
export function publicKeyOf(key: Uint8Array): Uint8Array {
  return getPublicKey(key, false)
}

/**
 * The public key, uncompressed, that made a signature of recovery byte, r and s over a hash.
 *
 * @throws when there is none.
 */
export function recoverPublicKeyOf(signature: Uint8Array, hash: Uint8Array): Uint8Array {
  return Point.fromBytes(recoverPublicKey(signature, hash, { prehash: false })).toBytes(false)
}
