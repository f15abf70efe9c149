import { bursarErrorOf, formatDecimal, partsOf } from '@bursar/core'
import type { QuotedOffer } from '@bursar/fetch'
import type { Bursar } from 'bursar'
import { networkName, quotedAsset } from '../text/network-name.js'

/** Says that the account holds too little of the offer's own token, as far as its balance can be read. */
export async function shortfallOf(bursar: Bursar, offer: QuotedOffer): Promise<string | undefined> {
  const { network, symbol, amountAtomic } = offer
  const asset = quotedAsset(offer)
  const payer = await partsOf(bursar).payerOf(network.startsWith('solana:') ? 'solana' : 'eip155')
  if (!asset || !payer?.balances?.readToken) return undefined
  const atomic = await payer.balances.readToken(asset).catch((error: unknown) => {
    if (bursarErrorOf(error)) return undefined
    throw error
  })
  if (atomic === undefined || atomic >= amountAtomic) return undefined
  const held = `${formatDecimal(atomic, asset.decimals)} ${symbol} on ${networkName(network)}`
  return `It could not be paid now: ${await payer.address()} holds ${held}. Send some to it`
}
