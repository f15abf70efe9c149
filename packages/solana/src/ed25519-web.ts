import type { AsyncEd25519 } from './ed25519/ed25519.js'
import { nobleEd25519 } from './ed25519/noble.js'
import { hasWebCryptoEd25519, webCryptoEd25519 } from './ed25519/web-crypto.js'

/** Browsers and edge runtimes: WebCrypto where it knows Ed25519, else JavaScript. */
export const ed25519: AsyncEd25519 = {
  keyPair: async (seed) => (await loadBackend()).keyPair(seed),
  verify: async (publicKey, message, signature) => (await loadBackend()).verify(publicKey, message, signature)
}

/** Module state, since what a runtime can do does not change while it runs. */
let backend: Promise<AsyncEd25519> | undefined

function loadBackend(): Promise<AsyncEd25519> {
  backend ??= hasWebCryptoEd25519().then((has) => (has ? webCryptoEd25519 : nobleEd25519))
  return backend
}
