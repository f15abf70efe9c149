import type {
  Clock,
  JsonObject,
  Offer,
  PaymentTerms,
  PreparedPayment,
  RandomBytes,
  SignedPayment
} from '@bursar/core'
import type { EvmAuthorizer } from '../account/authorizer.js'
import { type Hex, readAddress } from '../address/address.js'
import { toHex } from '../address/hex.js'
import { type Authorization, wirePayload } from './authorization.js'
import { offerRejectedError, offerRejectionReason } from './rejection.js'
import { domainOf } from './token-domain.js'
import { validitySeconds } from './validity.js'

/** What payments are prepared with. */
export interface PreparationParts {
  readonly authorizer: EvmAuthorizer
  readonly clock: Clock
  readonly random: RandomBytes
  /** How far the payer's clock may run ahead of the chain's. */
  readonly clockSkewSeconds: number
}

/**
 * Turns an offer into a payment that lacks only its signature. Nothing is read from the chain.
 *
 * @throws {BursarError} `offer/none-usable`, `offer/domain-mismatch`
 * @see x402 exact/EVM
 */
export async function preparePayment(
  parts: PreparationParts,
  offer: Offer,
  terms: PaymentTerms
): Promise<PreparedPayment> {
  const { authorizer } = parts
  terms.signal?.throwIfAborted()
  const domain = domainOf(offer)
  const payer = await authorizer.address()
  const reason = offerRejectionReason(offer, payer)
  if (reason !== undefined) throw offerRejectedError(offer.network.id, reason)
  const signSync = await authorizer.syncSigner()
  const authorization: Authorization = {
    from: payer,
    to: readAddress(offer.payTo),
    value: offer.amountAtomic,
    ...validityOf(parts, offer, terms),
    nonce: toHex(parts.random(32))
  }
  const request = { domain, authorization }
  const toPayment = (signature: Hex): SignedPayment =>
    signedPayment(offer, authorization, wirePayload(authorization, signature, terms.dialect))
  return {
    payer,
    expiresAtSeconds: Number(authorization.validBefore),
    sign: async (signal) => toPayment(await authorizer.sign(request, signal)),
    signSync: signSync && (() => toPayment(signSync(request)))
  }
}

/**
 * From when to when the authorization holds, in Unix seconds. It begins earlier than now, since the chain's latest
 * block may be minutes old, and ours may be the clock that is ahead. Katana lets it begin at 0.
 */
function validityOf({ clock, clockSkewSeconds }: PreparationParts, offer: Offer, terms: PaymentTerms) {
  const nowSeconds = Math.floor(clock.nowMs() / 1000)
  const { dialect, maxValiditySeconds } = terms
  const beginsAt = dialect.validFromStart ? 0 : Math.max(0, nowSeconds - clockSkewSeconds)
  const endsAt = nowSeconds + validitySeconds(offer, terms, maxValiditySeconds)
  return { validAfter: BigInt(beginsAt), validBefore: BigInt(endsAt) }
}

function signedPayment(
  { network, asset, payTo, amountAtomic }: Offer,
  { from, validBefore, nonce }: Authorization,
  payload: JsonObject
): SignedPayment {
  return {
    network: network.id,
    asset: asset.address,
    payer: from,
    payTo,
    amountAtomic,
    reference: nonce,
    expiresAtSeconds: Number(validBefore),
    expiry: validBefore,
    payload
  }
}
