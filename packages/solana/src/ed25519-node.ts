import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type Ed25519, PKCS8_PREFIX } from './ed25519/ed25519.js'

/** Node: OpenSSL, about 0.03 ms a signature. */
export const ed25519: Ed25519 = {
  keyPair(seed) {
    const pkcs8 = Buffer.concat([PKCS8_PREFIX, seed])
    const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
    pkcs8.fill(0)
    seed.fill(0)
    return { isSync: true, publicKey: rawPublicKey(key), sign: (message) => sign(null, message, key) }
  },
  verify(publicKey, message, signature) {
    const x = Buffer.from(publicKey).toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, message, key, signature)
  }
}

function rawPublicKey(key: KeyObject): Uint8Array {
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return Uint8Array.from(Buffer.from(x ?? '', 'base64url'))
}
