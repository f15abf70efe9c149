import type { Ed25519 } from './ed25519/ed25519.js'
import { nobleEd25519 } from './ed25519/noble.js'
import { hasWebCryptoEd25519, webCryptoEd25519 } from './ed25519/web-crypto.js'

/** Browsers and edge runtimes: WebCrypto where it knows Ed25519, else JavaScript. */
export const ed25519: Ed25519 = {
  keyPair: async (seed) => (await best()).keyPair(seed),
  verify: async (publicKey, message, signature) => (await best()).verify(publicKey, message, signature)
}

let chosen: Promise<Ed25519> | undefined

function best(): Promise<Ed25519> {
  chosen ??= hasWebCryptoEd25519().then((has) => (has ? webCryptoEd25519 : nobleEd25519))
  return chosen
}
