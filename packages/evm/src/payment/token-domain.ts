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

/** Whether the registry knows the domain and the offer does not say otherwise. Else the token itself is to be asked. */
export function isDomainSettled({ asset: { domain }, extra }: Offer): boolean {
  return (
    domain !== undefined &&
    fields.every((field) => (statedIn(extra, field) ?? domain[field]) === domain[field])
  )
}

/** An offer with the domain that it states, as far as it states one, in place of what the registry knows. */
export function withStatedDomain(offer: Offer): Offer {
  const { asset, extra } = offer
  const [name, version] = fields.map((field) => statedIn(extra, field) ?? asset.domain?.[field])
  if (!isName(name) || !isName(version)) throw domainMismatch(offer, differs('name'))
  return { ...offer, asset: { ...asset, domain: { name, version } } }
}

/**
 * The domain to sign in. What the registry knows is never overruled: a server that names another domain for a known
 * token asks for a signature that this token would not take.
 *
 * @throws {BursarError} `offer/domain-mismatch`
 * @see EIP-712; x402 exact/EVM, `extra.name` and `extra.version`
 */
export function domainOf(offer: Offer): TokenDomain {
  const { network, asset, extra } = offer
  const known = asset.domain
  for (const field of fields) {
    const text = statedIn(extra, field)
    if (known && text !== undefined && text !== known[field]) throw domainMismatch(offer, differs(field))
  }
  const { name, version } = known ?? extra
  if (!isName(name) || !isName(version)) throw domainMismatch(offer, differs('name'))
  return { name, version, chainId: chainIdOf(network.id), verifyingContract: readAddress(asset.address) }
}

const fields = ['name', 'version'] as const

/** Some servers write the version as a number. */
function statedIn(extra: Offer['extra'], field: (typeof fields)[number]): unknown {
  const stated = extra[field] ?? undefined
  return typeof stated === 'number' ? String(stated) : stated
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_NAME_LENGTH
}

function differs(field: string): string {
  return `the offer's ${field} is not that of the token`
}

/** The error for an offer whose domain is not, or is not known to be, that of its token. */
export function domainMismatch(offer: Offer, reason: string): BursarError<'offer/domain-mismatch'> {
  const [network, asset] = [offer.network.id, offer.asset.address]
  return new BursarError('offer/domain-mismatch', {
    message: `The offer's signing domain contradicts what is known of ${asset} on ${network}: ${reason}. Nothing was signed.`,
    context: { network, asset, reason },
    moneyState: 'none'
  })
}
