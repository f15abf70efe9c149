import {
  BursarError,
  type Dialect,
  type JsonObject,
  type NetworkId,
  type Offer,
  type PaymentTerms,
  type PreparedPayment,
  type RandomBytes
} from '@bursar/core'
import { sha256 } from '@noble/hashes/sha2.js'
import bs58 from 'bs58'
import type { Authorizer } from './account/authorizer.js'
import type { Address } from './address/address.js'
import { type OfferFields, readOfferFields } from './offer-fields.js'
import { findParties } from './parties.js'
import { BLOCKHASH_LIFE_BLOCKS, type Blockhash } from './rpc/blockhash.js'
import type { Blockhashes } from './rpc/blockhashes.js'
import type { Mints } from './rpc/mints.js'
import type { TokenAccounts } from './rpc/token-accounts.js'
import { signTransfer } from './sign-transfer.js'
import { createPaymentBuilder } from './transaction/template.js'
import type { Transfer } from './transaction/transfer.js'
import { createUniqueness } from './uniqueness.js'
import { encodeBase64 } from './wire/base64.js'

/** What payments are prepared with. */
export interface PreparationParts {
  readonly authorizer: Authorizer
  readonly mints: Mints
  readonly tokenAccounts: TokenAccounts
  readonly blockhashes: Blockhashes
  readonly random: RandomBytes
  readonly slotTimeMs: number
  readonly paysOwnFees: boolean
}

/**
 * Builds the step that turns an offer into a payment to sign. Once a payee has been paid, it reads nothing while
 * the blockhash is young.
 */
export function createPreparation(
  parts: PreparationParts
): (offer: Offer, terms: PaymentTerms) => Promise<PreparedPayment> {
  const { authorizer, blockhashes } = parts
  const builder = createPaymentBuilder()
  const unique = createUniqueness(parts.random)
  const lifeMs = BLOCKHASH_LIFE_BLOCKS * parts.slotTimeMs
  return async (offer, terms) => {
    terms.signal?.throwIfAborted()
    const fields = readOfferFields(offer, terms.dialect)
    if (typeof fields === 'string') throw notUsable(offer.network.id, fields)
    const owner = await authorizer.address()
    refuseTerms(parts, offer, terms, fields, owner)
    const { id: network } = offer.network
    const [blockhash, between] = await Promise.all([
      terms.replaces
        ? blockhashes.finalized(network, terms.signal)
        : blockhashes.recent(network, fields.blockhash, terms.signal),
      findParties(parts, owner, offer, fields, terms)
    ])
    const { amountAtomic } = offer
    const transfer = { ...between, ...unique(fields.memo), amountAtomic, blockhash: blockhash.bytes }
    const expiresAtSeconds = Math.ceil((blockhash.readAtMs + lifeMs) / 1000)
    const built = { transfer, blockhash, bytes: builder.build(transfer), expiresAtSeconds }
    return createPrepared(authorizer, offer, terms.dialect, built)
  }
}

/** A payment that lacks only its signature. */
interface BuiltPayment {
  readonly transfer: Transfer
  readonly blockhash: Blockhash
  readonly bytes: Uint8Array
  readonly expiresAtSeconds: number
}

function refuseTerms(
  { slotTimeMs, paysOwnFees }: PreparationParts,
  { network }: Offer,
  { maxValiditySeconds }: PaymentTerms,
  { feePayer }: OfferFields,
  owner: Address
): void {
  const lifeSeconds = (BLOCKHASH_LIFE_BLOCKS * slotTimeMs) / 1000
  if (lifeSeconds > maxValiditySeconds) {
    throw notUsable(network.id, `a payment lives for ${lifeSeconds} s there, longer than maxValiditySeconds`)
  }
  if (feePayer.text === owner.text && !paysOwnFees) {
    throw notUsable(network.id, 'it has this account pay the fee in SOL, which no limit counts (paysOwnFees)')
  }
}

function createPrepared(
  authorizer: Authorizer,
  offer: Offer,
  dialect: Dialect,
  { transfer, blockhash, bytes, expiresAtSeconds }: BuiltPayment
): PreparedPayment {
  const payer = transfer.owner.text
  return {
    payer,
    expiresAtSeconds,
    async sign() {
      const signed = await signTransfer(authorizer, offer.network.id, transfer, blockhash, bytes)
      const transaction = encodeBase64(signed.bytes)
      const payload: JsonObject = dialect.namesPayer ? { payer, transaction } : { transaction }
      return {
        network: offer.network.id,
        asset: offer.asset.address,
        payer,
        payTo: offer.payTo,
        amountAtomic: offer.amountAtomic,
        reference: bs58.encode(sha256(signed.message)),
        expiresAtSeconds,
        expiry: blockhash.lastValidBlockHeight,
        payload
      }
    }
  }
}

function notUsable(network: NetworkId, reason: string): BursarError<'offer/none-usable'> {
  return new BursarError('offer/none-usable', {
    message: `The offer on ${network} cannot be paid: ${reason}. Nothing was signed.`,
    context: { offers: [{ network, reason }] },
    moneyState: 'none'
  })
}
