import type { Offer } from './offer.js'

/** Whether an offer is paid through Permit2: `upto` always is. @see x402 exact/EVM, `extra.assetTransferMethod` */
export function isPermit2Offer({
  scheme,
  asset: { transfer = 'eip3009' },
  extra
}: Pick<Offer, 'scheme' | 'asset' | 'extra'>): boolean {
  const { assetTransferMethod: method = transfer === 'eip3009' ? transfer : 'permit2' } = extra
  return scheme === 'upto' || method === 'permit2'
}
