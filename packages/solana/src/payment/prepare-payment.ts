import type { Offer, PaymentTerms, PreparedPayment, RandomBytes, SignedPayment } from '@bursar/core'
import { sha256 } from '@noble/hashes/sha2.js'
import bs58 from 'bs58'
import type { SolanaAuthorizer } from '../account/authorizer.js'
import { BLOCKHASH_LIFE_BLOCKS } from '../rpc/blockhash.js'
import type { Blockhashes } from '../rpc/blockhashes.js'
import { createPaymentBuilder } from '../transaction/template.js'
import { encodeBase64 } from '../wire/base64.js'
import { checkOffer, offerRejectedError } from './rejection.js'
import { type AccountReads, resolveAccounts } from './resolve-accounts.js'
import { type BuiltTransfer, type SignedTransfer, signTransfer, signTransferSync } from './sign-transfer.js'
import { createUniqueness } from './uniqueness.js'

/** What payments are prepared with. */
export interface PreparationParts extends AccountReads {
  readonly authorizer: SolanaAuthorizer
  readonly blockhashes: Blockhashes
  readonly random: RandomBytes
  /** Milliseconds between blocks. */
  readonly slotTimeMs: number
  readonly paysOwnFees: boolean
}

/** Turns an offer into a payment that lacks only its signature. */
type PreparePayment = (offer: Offer, terms: PaymentTerms) => Promise<PreparedPayment>

/**
 * Builds the step that prepares payments. Once a payee has been paid, it reads nothing while the blockhash is young.
 *
 * @throws {BursarError} of the step: `offer/none-usable`, `offer/recipient-account-missing`, `rpc/unavailable`
 * @see x402 exact/SVM
 */
export function createPreparation(parts: PreparationParts): PreparePayment {
  const { authorizer, blockhashes, paysOwnFees } = parts
  const builder = createPaymentBuilder()
  const makeUnique = createUniqueness(parts.random)
  return async (offer, terms) => {
    terms.signal?.throwIfAborted()
    const network = offer.network.id
    const owner = await authorizer.address()
    const fields = checkOffer(offer, terms.dialect, { owner, paysOwnFees })
    if (typeof fields === 'string') throw offerRejectedError(network, fields)
    assertLifeFits(parts, offer, terms)
    const [blockhash, accounts, signSync] = await Promise.all([
      terms.replaces
        ? blockhashes.finalized(network, terms.signal)
        : blockhashes.recent(network, fields.blockhash, terms.signal),
      resolveAccounts(parts, { owner, offer, fields, terms }),
      authorizer.syncSigner()
    ])
    const { amountAtomic } = offer
    const unique = makeUnique(fields.memo, terms.dialect)
    const transfer = { ...accounts, ...unique, amountAtomic, blockhash: blockhash.bytes }
    const isUniqueByPrice = fields.memo !== undefined || terms.dialect.memoIfAsked
    const built = { network, transfer, blockhash, isUniqueByPrice, bytes: builder.build(transfer) }
    const expiresAtSeconds = Math.ceil(blockhash.readAtMs / 1000 + lifeSecondsOf(parts))
    const toPayment = (signed: SignedTransfer): SignedPayment =>
      signedPayment({ offer, terms, built, signed, expiresAtSeconds })
    return {
      payer: owner.text,
      expiresAtSeconds,
      sign: async () => toPayment(await signTransfer(authorizer, built)),
      signSync: signSync && (() => toPayment(signTransferSync(signSync, built)))
    }
  }
}

function lifeSecondsOf({ slotTimeMs }: PreparationParts): number {
  return (BLOCKHASH_LIFE_BLOCKS * slotTimeMs) / 1000
}

/** A payment on Solana lives as long as its blockhash, which cannot be made shorter. */
function assertLifeFits(
  parts: PreparationParts,
  { network }: Offer,
  { maxValiditySeconds }: PaymentTerms
): void {
  const lifeSeconds = lifeSecondsOf(parts)
  if (lifeSeconds <= maxValiditySeconds) return
  const reason = `a payment lives for ${lifeSeconds} s there, longer than maxValiditySeconds`
  throw offerRejectedError(network.id, reason)
}

/** All that a signed payment is put together from. */
interface SignedParts {
  readonly offer: Offer
  readonly terms: PaymentTerms
  readonly built: BuiltTransfer
  readonly signed: SignedTransfer
  readonly expiresAtSeconds: number
}

function signedPayment({ offer, terms, built, signed, expiresAtSeconds }: SignedParts): SignedPayment {
  const payer = built.transfer.owner.text
  const transaction = encodeBase64(signed.bytes)
  return {
    network: built.network,
    asset: offer.asset.address,
    payer,
    payTo: offer.payTo,
    amountAtomic: offer.amountAtomic,
    reference: bs58.encode(sha256(signed.message)),
    expiresAtSeconds,
    expiry: built.blockhash.lastValidBlockHeight,
    payload: terms.dialect.namesPayer ? { payer, transaction } : { transaction }
  }
}
