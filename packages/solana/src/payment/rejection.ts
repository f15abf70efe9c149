import { BursarError, type Dialect, type Offer } from '@bursar/core'
import type { Address } from '../address/address.js'
import { type OfferFields, readOfferFields } from './offer-fields.js'
import { payeeRejectionReason } from './payee.js'

/** What decides whether an offer can be paid. */
export interface RejectionRules {
  readonly owner: Address
  /** Whether offers that name the owner as fee payer are paid. */
  readonly paysOwnFees: boolean
}

/**
 * Reads an offer and checks it. Nothing is read from the chain.
 *
 * @returns text when the offer cannot be paid: the reason.
 */
export function checkOffer(offer: Offer, dialect: Dialect, rules: RejectionRules): OfferFields | string {
  const fields = readOfferFields(offer, dialect)
  if (typeof fields === 'string') return fields
  const { owner, paysOwnFees } = rules
  const reason = payeeRejectionReason(fields.recipient, offer.asset, owner)
  if (reason !== undefined) return reason
  if (fields.feePayer.text === owner.text && !paysOwnFees) {
    return 'it has this account pay the fee in SOL, which no limit counts (paysOwnFees)'
  }
  return fields
}

/**
 * Whether a server's reason says that the blockhash of a payment was too old, in any of the spellings in use: the
 * runtime's `BlockhashNotFound`, the RPC's `Blockhash not found`, a facilitator's `blockhash_not_found`.
 */
export function saysTooLate(reason: string): boolean {
  return /blockhash.?not.?found/i.test(reason)
}

/** The error for an offer that is prepared although it cannot be paid. */
export function offerRejectedError(network: string, reason: string): BursarError<'offer/none-usable'> {
  return new BursarError('offer/none-usable', {
    message: `The offer on ${network} cannot be paid: ${reason}. Nothing was signed.`,
    context: { offers: [{ network, reason }] },
    moneyState: 'none'
  })
}
