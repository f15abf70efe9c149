import { loadOnce, type MessageSigner } from '@bursar/core'
import { keccak256, loadSigningBackend, publicKeyOf } from '#crypto'
import { addressOf } from '../address/checksum-address.js'
import { encodeSignature } from '../signer/encode-signature.js'
import { readSecretKey } from './secret-key.js'

/**
 * Signs texts with a key on the backend that signs payments: the same bytes as `createEvmSigner` of `@bursar/siwx`, which
 * signs in JavaScript. The key stays in this closure.
 *
 * @throws {TypeError} when the key is malformed. The message never shows it.
 * @see EIP-191, version 0x45
 */
export function createTextSigner(text: string): MessageSigner {
  const key = readSecretKey(text)
  const loadBackend = loadOnce(loadSigningBackend)
  return Object.freeze<MessageSigner>({
    family: 'eip155',
    address: loadOnce(async () => addressOf(await publicKeyOf(key))),
    async sign(message) {
      const { sign } = await loadBackend()
      return encodeSignature(await sign(hashOf(message), key))
    }
  })
}

const encoder = new TextEncoder()

/** The hash that is signed for a text. */
function hashOf(text: string): Uint8Array {
  const { length } = encoder.encode(text)
  return keccak256(encoder.encode(`\x19Ethereum Signed Message:\n${length}${text}`))
}
