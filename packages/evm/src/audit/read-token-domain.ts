import type { NetworkId } from '@bursar/core'
import { type PublicClient, parseAbi } from 'viem'
import { readAddress } from '../address/address.js'
import { toHex } from '../address/hex.js'
import type { TokenDomain } from '../payment/authorization.js'
import { chainIdOf } from '../payment/token-domain.js'
import { domainSeparator } from '../signer/authorization-hash.js'

const abi = parseAbi([
  'function name() view returns (string)',
  'function version() view returns (string)',
  'function DOMAIN_SEPARATOR() view returns (bytes32)'
])

type Names = Pick<TokenDomain, 'name' | 'version'>

/** A token, and the names by which it signs as far as they are known. */
export interface NamedToken {
  readonly network: NetworkId
  readonly asset: string
  readonly known: Names | undefined
}

/**
 * The domain in which a token takes signatures: by its known names, else by those that it has itself. The token decides, as it
 * did for the payment.
 *
 * @returns `undefined` when neither is its domain.
 */
export async function readTokenDomain(
  client: PublicClient,
  { network, asset, known }: NamedToken
): Promise<TokenDomain | undefined> {
  const verifyingContract = readAddress(asset)
  const read = (functionName: 'name' | 'version' | 'DOMAIN_SEPARATOR') =>
    client.readContract({ address: verifyingContract, abi, functionName })
  const separator = await read('DOMAIN_SEPARATOR')
  const domainOf = (names: Names): TokenDomain | undefined => {
    const domain = { ...names, chainId: chainIdOf(network), verifyingContract }
    return toHex(domainSeparator(domain)) === separator ? domain : undefined
  }
  const byKnown = known && domainOf(known)
  return byKnown ?? domainOf({ name: await read('name'), version: await read('version') })
}
