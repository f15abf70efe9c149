import { BursarError, type Offer, type PaymentTerms } from '@bursar/core'
import type { Address } from './address/address.js'
import { tokenAccountOf } from './address/token-account.js'
import type { OfferFields } from './offer-fields.js'
import type { Mints } from './rpc/mints.js'
import type { TokenAccounts } from './rpc/token-accounts.js'
import type { Transfer } from './transaction/transfer.js'

/** Who and what a payment moves between. */
export type Parties = Omit<Transfer, 'amountAtomic' | 'memo' | 'microLamportsPerUnit' | 'blockhash'>

/**
 * Finds the token accounts of both sides. One that the recipient lacks is created at the fee payer's cost where the
 * dialect allows it, and never at ours.
 *
 * @throws {BursarError} `offer/recipient-account-missing`, `rpc/unavailable`
 */
export async function findParties(
  reads: { readonly mints: Mints; readonly tokenAccounts: TokenAccounts },
  owner: Address,
  offer: Offer,
  { feePayer, recipient }: OfferFields,
  { dialect, signal }: PaymentTerms
): Promise<Parties> {
  const { address: mint, tokenProgram, decimals } = await reads.mints.read(offer.asset, signal)
  const destination = tokenAccountOf(recipient, mint, tokenProgram)
  const exists = await reads.tokenAccounts.exists(offer.network.id, destination, tokenProgram, signal)
  if (!exists && (!dialect.createsTokenAccount || feePayer.text === owner.text)) {
    throw accountMissing(offer, destination)
  }
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

function accountMissing(
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
