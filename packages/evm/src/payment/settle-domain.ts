import { type ChainReader, isBursarError, type Offer } from '@bursar/core'
import { readAddress } from '../address/address.js'
import { toHex } from '../address/hex.js'
import { callContract } from '../rpc/contract-calls.js'
import { domainSeparator } from '../signer/authorization-hash.js'
import { domainMismatch, domainOf, withStatedDomain } from './token-domain.js'

/** The first four bytes of the hash of `DOMAIN_SEPARATOR()`. @see EIP-2612; EIP-3009 */
const DOMAIN_SEPARATOR = '0x3644e515'

/** Asks tokens in which domain they take signatures. */
export interface DomainJudge {
  /** Says why an offer cannot be paid whose domain is not the registry's. `undefined`: the token confirms it. */
  rejectionReason(offer: Offer, signal?: AbortSignal): Promise<string | undefined>
  /** The offer with the domain that its token has confirmed. @throws {BursarError} `offer/domain-mismatch` */
  settle(offer: Offer, signal?: AbortSignal): Promise<Offer>
}

/**
 * Judges offers whose domain the registry does not know, or knows otherwise. The token decides, and is asked once. A
 * server that states a domain which its token does not have would refuse every signature, so that none is made.
 *
 * @see x402 exact/EVM, `extra.name` and `extra.version`
 */
export function createDomainJudge(rpc: ChainReader): DomainJudge {
  const separators = new Map<string, string>()
  const separatorOf = async ({ network, asset }: Offer, signal?: AbortSignal): Promise<string> => {
    const key = `${network.id} ${asset.address.toLowerCase()}`
    const to = readAddress(asset.address)
    const read = async () =>
      (await rpc.read(network.id, (ask) => callContract(ask, { to, data: DOMAIN_SEPARATOR }), { signal })) ??
      ''
    const separator = separators.get(key) ?? (await read())
    separators.set(key, separator)
    return separator
  }
  const rejectionReason: DomainJudge['rejectionReason'] = async (offer, signal) => {
    const { symbol } = offer.asset
    try {
      const stated = toHex(domainSeparator(domainOf(withStatedDomain(offer))))
      if (stated === (await separatorOf(offer, signal))) return undefined
      return `its signing domain is not that of its token ${symbol}`
    } catch (error) {
      if (isBursarError(error, 'offer/domain-mismatch')) return `it states no signing domain of ${symbol}`
      if (!isBursarError(error, 'rpc/unavailable')) throw error
      return `its signing domain is not known of ${symbol}, and no RPC endpoint of its network confirms it`
    }
  }
  return {
    rejectionReason,
    async settle(offer, signal) {
      const reason = await rejectionReason(offer, signal)
      if (reason !== undefined) throw domainMismatch(offer, reason)
      return withStatedDomain(offer)
    }
  }
}
