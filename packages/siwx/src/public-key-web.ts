/** The public key of a secret one: 65 bytes, uncompressed. @throws when the key is out of range. */
export async function publicKeyOf(key: Uint8Array): Promise<Uint8Array> {
  return (await import('./signer/secp256k1.js')).publicKeyOf(key)
}
