import type { Asset, Network } from '../network/network.js'
import type { OfferEntry } from '../schemas/offer.js'
import { shortText } from '../wire/short-text.js'

/** What an entry is to be paid with. */
export interface KnownToken {
  readonly network: Network
  readonly asset: Asset
}

/** What is signed for an entry that does not say what it wants signed. @see EIP-3009 */
const PRIMARY_TYPE = 'TransferWithAuthorization'

/**
 * Says why an entry is not paid whose network and asset are known: it contradicts itself, or wants something signed that
 * is not signed.
 */
export function termsRejectionReason(
  { scheme, decimals, extra }: OfferEntry,
  { network, asset }: KnownToken
): string | undefined {
  if (scheme === 'upto' && network.family !== 'eip155')
    return 'its scheme "upto" is paid on EVM networks alone'
  if (scheme === 'upto' && extra?.facilitatorAddress === undefined)
    return 'its scheme "upto" names no facilitator (extra.facilitatorAddress)'
  for (const stated of [decimals, extra?.decimals]) {
    if (contradictsDecimals(stated, asset))
      return `its decimals are ${stated}, and ${asset.symbol} has ${asset.decimals}`
  }
  return primaryTypeReason(extra?.primaryType ?? PRIMARY_TYPE)
}

/** Whether an amount is meant in another unit than the asset's. What is no number of decimals says nothing. */
function contradictsDecimals(stated: unknown, asset: Asset): boolean {
  const isCount = typeof stated === 'number' || (typeof stated === 'string' && /^\d{1,3}$/.test(stated))
  return isCount && Number(stated) !== asset.decimals
}

/** A Permit is an allowance, which thirdweb's facilitator keeps for further use. */
function primaryTypeReason(primaryType: unknown): string | undefined {
  if (primaryType === PRIMARY_TYPE) return undefined
  return primaryType === 'Permit'
    ? 'it wants a Permit signed (extra.primaryType), which lets its payee take money again and again'
    : `its extra.primaryType "${shortText(String(primaryType), 80)}" is not "${PRIMARY_TYPE}"`
}
