import { BursarError, type Offer, type PaymentTerms } from '@bursar/core'
import type { Address } from '../address/address.js'
import { tokenAccountOf } from '../address/token-account.js'
import type { Mints } from '../rpc/mints.js'
import type { TokenAccounts } from '../rpc/token-accounts.js'
import type { Transfer } from '../transaction/transfer.js'
import type { OfferFields } from './offer-fields.js'

/** The accounts that a payment uses, and whether the recipient's is created by it. */
export type TransferAccounts = Omit<Transfer, 'amountAtomic' | 'memo' | 'microLamportsPerUnit' | 'blockhash'>

/** Reads accounts of the chain. */
export interface AccountReads {
  readonly mints: Mints
  readonly tokenAccounts: TokenAccounts
}

/** What a payment's accounts are resolved from. */
export interface AccountQuery {
  readonly owner: Address
  readonly offer: Offer
  readonly fields: OfferFields
  readonly terms: PaymentTerms
}

/**
 * Finds the token accounts of both sides. One that the recipient lacks is created at the fee payer's cost where the
 * dialect allows it, and never at ours.
 *
 * @throws {BursarError} `offer/recipient-account-missing`, `rpc/unavailable`
 */
export async function resolveAccounts(
  { mints, tokenAccounts }: AccountReads,
  { owner, offer, fields: { feePayer, recipient }, terms: { dialect, signal } }: AccountQuery
): Promise<TransferAccounts> {
  const { address: mint, tokenProgram, decimals } = await mints.read(offer.asset, signal)
  const destination = tokenAccountOf(recipient, mint, tokenProgram)
  const account = { network: offer.network.id, address: destination, tokenProgram }
  const exists = await tokenAccounts.exists(account, signal)
  const mayCreate = dialect.createsTokenAccount && feePayer.text !== owner.text
  if (!exists && !mayCreate) throw accountMissingError(offer, destination)
  return {
    feePayer,
    owner,
    source: tokenAccountOf(owner, mint, tokenProgram),
    mint,
    tokenProgram,
    decimals,
    recipient,
    destination,
    createsDestination: !exists
  }
}

function accountMissingError(
  { network, asset, payTo }: Offer,
  { text: account }: Address
): BursarError<'offer/recipient-account-missing'> {
  return new BursarError('offer/recipient-account-missing', {
    message:
      `The payee ${payTo} has no ${asset.symbol} account on ${network.name}, and this server's payments may not ` +
      `create one. Somebody has to create ${account} first. Nothing was signed.`,
    context: { network: network.id, asset: asset.address, payTo, account },
    moneyState: 'none'
  })
}
