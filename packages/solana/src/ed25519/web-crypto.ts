import { type AsyncEd25519, PKCS8_PREFIX } from './ed25519.js'

const ALGORITHM = 'Ed25519'

/** WebCrypto, about 0.1 ms a signature. Chrome has it since 137, Firefox 129, Safari 17. */
export const webCryptoEd25519: AsyncEd25519 = {
  async keyPair(seed) {
    const pkcs8 = new Uint8Array(PKCS8_PREFIX.length + seed.length)
    pkcs8.set(PKCS8_PREFIX)
    pkcs8.set(seed, PKCS8_PREFIX.length)
    seed.fill(0)
    // WebCrypto gives the public key of a secret one only in an export; the key that is kept allows no export.
    const { x } = await crypto.subtle.exportKey('jwk', await importSecret(pkcs8, true))
    const key = await importSecret(pkcs8, false)
    pkcs8.fill(0)
    const sign = async (message: Uint8Array) =>
      new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, new Uint8Array(message)))
    return { isSync: false, publicKey: fromBase64Url(x ?? ''), sign }
  },
  async verify(publicKey, message, signature) {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(publicKey), ALGORITHM, false, ['verify'])
    return crypto.subtle.verify(ALGORITHM, key, new Uint8Array(signature), new Uint8Array(message))
  }
}

/** Whether this runtime's WebCrypto knows Ed25519. */
export async function hasWebCryptoEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.generateKey(ALGORITHM, false, ['sign'])
    return true
  } catch {
    return false
  }
}

function importSecret(pkcs8: Uint8Array<ArrayBuffer>, extractable: boolean): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, extractable, ['sign'])
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
}
