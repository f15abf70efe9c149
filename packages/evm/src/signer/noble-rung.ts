import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { hashes, sign } from '@noble/secp256k1'
import type { Secp256k1Signer } from './secp256k1.js'

hashes.sha256 = sha256
hashes.hmacSha256 = (key, message) => hmac(sha256, key, message)

/** Pure JavaScript: runs everywhere, about 0.25 ms a signature. */
export const nobleSigner: Secp256k1Signer = {
  name: 'noble',
  sign(hash, key) {
    const bytes = sign(hash, key, { prehash: false, format: 'recovered' })
    return { compact: bytes.subarray(1), recovery: bytes[0] ?? 0 }
  }
}
