import { loadOnce } from '@bursar/core'
import { loadSigningBackend, publicKeyOf } from '#crypto'
import type { Hex } from '../address/address.js'
import { addressOf } from '../address/checksum-address.js'
import type { AuthorizationRequest, TokenDomain } from '../payment/authorization.js'
import { authorizationHash, domainSeparator } from '../signer/authorization-hash.js'
import { encodeSignature } from '../signer/encode-signature.js'
import type { EvmAuthorizer } from './authorizer.js'

/** Signs with a key of 32 bytes, on the fastest backend that loads. The key stays in this closure. */
export function createKeySigner(key: Uint8Array): EvmAuthorizer {
  const separatorOf = createSeparatorCache()
  const loadBackend = loadOnce(loadSigningBackend)

  function hashOf({ domain, authorization }: AuthorizationRequest): Uint8Array {
    return authorizationHash(separatorOf(domain), authorization)
  }

  async function signHash(hash: Uint8Array): Promise<Hex> {
    const { sign } = await loadBackend()
    return encodeSignature(await sign(hash, key))
  }

  return {
    address: async () => addressOf(await publicKeyOf(key)),
    sign: (request) => signHash(hashOf(request)),
    signData: ({ hash }) => signHash(hash),
    async syncSigner() {
      const backend = await loadBackend()
      if (!backend.isSync) return undefined
      return (request) => encodeSignature(backend.sign(hashOf(request), key))
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
