import { loadSecp256k1 } from '#secp256k1'
import type { TokenDomain } from '../authorization.js'
import { authorizationHash, domainSeparator } from '../signer/authorization-hash.js'
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
  let signer: ReturnType<typeof loadSecp256k1> | undefined

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
    async sign(domain, authorization): Promise<Hex> {
      signer ??= loadSecp256k1()
      const rung = await signer
      const { compact, recovery } = await rung.sign(
        authorizationHash(separatorOf(domain), authorization),
        key
      )
      const signature = new Uint8Array(65)
      signature.set(compact)
      signature[64] = 27 + recovery
      return toHex(signature)
    }
  }
}
