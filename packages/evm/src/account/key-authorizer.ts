import { loadSigningBackend } from '#crypto'
import type { Address, Hex } from '../address/address.js'
import { addressOf } from '../address/checksum-address.js'
import { toHex } from '../address/hex.js'
import type { AuthorizationRequest, TokenDomain } from '../payment/authorization.js'
import { authorizationHash, domainSeparator } from '../signer/authorization-hash.js'
import type { RecoverableSignature, SigningBackend } from '../signer/signing-backend.js'
import type { EvmAuthorizer } from './authorizer.js'
import { readSecretKey } from './secret-key.js'

/**
 * Signs with a raw key, on the fastest backend that loads. The key stays in this closure.
 *
 * @throws {TypeError} when the key is malformed. The message never shows it.
 */
export function createKeyAuthorizer(text: string): EvmAuthorizer {
  const key = readSecretKey(text)
  const separatorOf = createSeparatorCache()
  let address: Promise<Address> | undefined
  let backend: Promise<SigningBackend> | undefined

  function loadBackend(): Promise<SigningBackend> {
    backend ??= loadSigningBackend()
    return backend
  }

  function hashOf({ domain, authorization }: AuthorizationRequest): Uint8Array {
    return authorizationHash(separatorOf(domain), authorization)
  }

  async function signHash(hash: Uint8Array): Promise<Hex> {
    const { sign } = await loadBackend()
    return encodeSignature(await sign(hash, key))
  }

  return {
    address() {
      address ??= import('../signer/public-keys.js').then(({ publicKeyOf }) => addressOf(publicKeyOf(key)))
      return address
    },
    sign: (request) => signHash(hashOf(request)),
    signData: ({ hash }) => signHash(hash),
    async syncSigner() {
      const loaded = await loadBackend()
      if (!loaded.isSync) return undefined
      return (request) => encodeSignature(loaded.sign(hashOf(request), key))
    }
  }
}

/** How many tokens' separators are kept. A server may name the domain of a token that the registry has none of. */
const MAX_SEPARATORS = 256

/** A token's separator is the same for every payment, so each is hashed once. */
function createSeparatorCache(): (domain: TokenDomain) => Uint8Array {
  const separators = new Map<string, Uint8Array>()
  return (domain) => {
    const name = `${domain.chainId}/${domain.verifyingContract}/${domain.version}/${domain.name}`
    let separator = separators.get(name)
    if (!separator) {
      separator = domainSeparator(domain)
      if (separators.size === MAX_SEPARATORS) separators.clear()
      separators.set(name, separator)
    }
    return separator
  }
}

function encodeSignature({ compact, recovery }: RecoverableSignature): Hex {
  const signature = new Uint8Array(65)
  signature.set(compact)
  signature[64] = 27 + recovery
  return toHex(signature)
}
