import { BursarError, type Offer } from '@bursar/core'
import { readAddress } from '../address/address.js'
import type { TokenDomain } from './authorization.js'

/** A server's text becomes part of what a wallet shows, so it is bounded. */
const MAX_NAME_LENGTH = 256

/** The chain id of an `eip155` network. */
export function chainIdOf(network: string): number {
  return Number(network.slice('eip155:'.length))
}

/** Whether the domain to sign in is known: from the registry, else from the offer. */
export function hasDomain({ asset, extra }: Offer): boolean {
  return asset.domain !== undefined || (isName(extra.name) && isName(extra.version))
}

/**
 * The domain to sign in. What the registry knows is never overruled: a server that names another domain for a known
 * token asks for a signature that this token would not take.
 *
 * @throws {BursarError} `offer/domain-mismatch`
 * @see EIP-712; x402 exact/EVM, `extra.name` and `extra.version`
 */
export function domainOf({ network, asset, extra }: Offer): TokenDomain {
  const known = asset.domain
  for (const field of ['name', 'version'] as const) {
    const stated = extra[field] ?? undefined
    // Some servers write the version as a number.
    const text = typeof stated === 'number' ? String(stated) : stated
    if (known && text !== undefined && text !== known[field]) throw mismatch(network.id, asset.address, field)
  }
  const { name, version } = known ?? extra
  if (!isName(name) || !isName(version)) throw mismatch(network.id, asset.address, 'name')
  return { name, version, chainId: chainIdOf(network.id), verifyingContract: readAddress(asset.address) }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_NAME_LENGTH
}

function mismatch(network: string, asset: string, field: string): BursarError<'offer/domain-mismatch'> {
  const reason = `the offer's ${field} is not that of the token`
  return new BursarError('offer/domain-mismatch', {
    message: `The offer's signing domain contradicts what is known of ${asset} on ${network}: ${reason}. Nothing was signed.`,
    context: { network, asset, reason },
    moneyState: 'none'
  })
}
