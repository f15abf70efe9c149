import { loadSecp256k1 } from '#crypto'
import type { Authorization, TokenDomain } from '../authorization.js'
import { authorizationHash, domainSeparator } from '../signer/authorization-hash.js'
import type { RecoverableSignature, Secp256k1Signer } from '../signer/secp256k1.js'
import type { Authorizer } from './authorizer.js'
import { addressOf } from './checksum-address.js'
import type { Address, Hex } from './evm-account.js'
import { toHex } from './hex.js'
import { readSecretKey } from './secret-key.js'

/** Signs with a raw key, on the fastest rung that loads. The key stays in this closure. */
export function keyAuthorizer(text: string): Authorizer {
  const key = readSecretKey(text)
  const separators = new Map<string, Uint8Array>()
  let address: Promise<Address> | undefined
  let signer: Promise<Secp256k1Signer> | undefined

  function loadSigner(): Promise<Secp256k1Signer> {
    signer ??= loadSecp256k1()
    return signer
  }

  function hashOf(domain: TokenDomain, authorization: Authorization): Uint8Array {
    return authorizationHash(separatorOf(domain), authorization)
  }

  function separatorOf(domain: TokenDomain): Uint8Array {
    const name = `${domain.chainId}/${domain.verifyingContract}/${domain.version}/${domain.name}`
    let separator = separators.get(name)
    if (!separator) {
      separator = domainSeparator(domain)
      separators.set(name, separator)
    }
    return separator
  }

  return {
    address() {
      address ??= import('../signer/public-keys.js').then(({ publicKeyOf }) => addressOf(publicKeyOf(key)))
      return address
    },
    async sign(domain, authorization) {
      const rung = await loadSigner()
      return encodeSignature(await rung.sign(hashOf(domain, authorization), key))
    },
    async syncSigner() {
      const rung = await loadSigner()
      return rung.isSync
        ? (domain, authorization) => encodeSignature(rung.sign(hashOf(domain, authorization), key))
        : undefined
    }
  }
}

function encodeSignature({ compact, recovery }: RecoverableSignature): Hex {
  const signature = new Uint8Array(65)
  signature.set(compact)
  signature[64] = 27 + recovery
  return toHex(signature)
}
