import { bursarErrorOf, type ChainReader, isBursarError, type Offer, type Payer } from '@bursar/core'
import { readAddress } from '../address/address.js'
import type { PreparationParts } from '../payment/prepare-payment.js'
import { offerRejectedError } from '../payment/rejection.js'
import { domainOf } from '../payment/token-domain.js'
import { readAllowance, readPermitNonce, type TokenHolder } from './allowance.js'
import { isSponsoredOffer } from './permit.js'
import { missingApprovalReason, permit2RejectionReason } from './permit2-rejection.js'
import { preparePermit2 } from './prepare-permit2.js'

/** What payments through Permit2 are made with. */
export interface Permit2Parts extends PreparationParts {
  readonly rpc: ChainReader
}

/**
 * Pays offers through Permit2: `upto`, and `exact` for tokens without EIP-3009 or where the server says so. Permit2 may take
 * a token only once its owner has approved that, or signs a permit whose gas the server pays. So the chain is asked
 * before anything is signed.
 *
 * @see x402 exact/EVM, "Permit2"; x402 upto/EVM; x402 eip2612GasSponsoring
 */
export function createPermit2(parts: Permit2Parts): Pick<Payer, 'rejectionReason' | 'prepare'> {
  const { authorizer, rpc } = parts
  const holderOf = async ({ network, asset }: Offer): Promise<TokenHolder> => ({
    network: network.id,
    token: readAddress(asset.address),
    owner: await authorizer.address()
  })
  const isAllowed = async (offer: Offer, signal?: AbortSignal): Promise<boolean> =>
    (await readAllowance(rpc, await holderOf(offer), signal)) >= offer.amountAtomic
  return {
    async rejectionReason(offer, dialect, extensions) {
      const payer = await authorizer.address()
      const reason = permit2RejectionReason(offer, payer, dialect)
      if (reason !== undefined) return reason
      try {
        if (await isAllowed(offer)) return undefined
        return isSponsoredOffer(offer, extensions)
          ? domainRejectionReason(offer)
          : missingApprovalReason(offer, payer)
      } catch (error) {
        if (isBursarError(error, 'rpc/unavailable'))
          return 'no RPC endpoint of its network says whether Permit2 may take its token'
        throw error
      }
    },
    async prepare(offer, terms) {
      const { dialect, extensions, signal } = terms
      signal?.throwIfAborted()
      const payer = await authorizer.address()
      const reason = permit2RejectionReason(offer, payer, dialect)
      if (reason !== undefined) throw offerRejectedError(offer.network.id, reason)
      if (await isAllowed(offer, signal))
        return preparePermit2(parts, { offer, payer, permitNonce: undefined }, terms)
      if (!isSponsoredOffer(offer, extensions))
        throw offerRejectedError(offer.network.id, missingApprovalReason(offer, payer))
      const permitNonce = await readPermitNonce(rpc, await holderOf(offer), signal)
      return preparePermit2(parts, { offer, payer, permitNonce }, terms)
    }
  }
}

/** A permit is signed in the token's own domain, which the server may contradict. */
function domainRejectionReason(offer: Offer): string | undefined {
  try {
    domainOf(offer)
    return undefined
  } catch (error) {
    const ours = bursarErrorOf(error)
    if (ours?.code === 'offer/domain-mismatch')
      return `its signing domain is not that of ${offer.asset.symbol}`
    throw error
  }
}
