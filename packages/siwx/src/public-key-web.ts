import { getPublicKey } from '@noble/secp256k1'

/** The public key of a secret one: 65 bytes, uncompressed. @throws when the key is out of range. */
export function publicKeyOf(key: Uint8Array): Uint8Array {
  return getPublicKey(key, false)
}
