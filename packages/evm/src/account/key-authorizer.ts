import { loadOnce } from '@bursar/core'
import type { EvmAuthorizer } from './authorizer.js'
import { readSecretKey } from './secret-key.js'

/**
 * Signs with a raw key. What that needs is loaded by the first payment. The key stays in this closure.
 *
 * @throws {TypeError} when the key is malformed. The message never shows it.
 */
export function createKeyAuthorizer(text: string): EvmAuthorizer {
  const key = readSecretKey(text)
  const load = loadOnce(async () => (await import('./key-signer.js')).createKeySigner(key))
  return {
    address: loadOnce(async () => (await load()).address()),
    syncSigner: loadOnce(async () => (await load()).syncSigner()),
    sign: async (request) => (await load()).sign(request),
    signData: async (request) => (await load()).signData(request)
  }
}
