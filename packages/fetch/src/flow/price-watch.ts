import { type AtomicUsdc, BursarError, formatUsdc, type Offer } from '@bursar/core'
import { sameAddress } from '../policy/policy.js'
import type { PaymentContext } from './payment-context.js'

/** How far back the price of a path is looked for. */
const MAX_LOOKED_AT = 50

/** Refuses to pay a host at another address than the ledger remembers. */
export async function movedPayeeError(
  { ledger, policy }: PaymentContext,
  host: string,
  { payTo, network: { id } }: Offer
): Promise<BursarError | undefined> {
  if (!policy.pinsPayees) return undefined
  for await (const { offer } of ledger.history({ host, network: id, state: 'settled' })) {
    if (sameAddress(offer.payTo, payTo)) return undefined
    return new BursarError('offer/payee-refused', {
      message: `${host} asks to be paid at ${payTo}, and was at ${offer.payTo}. To accept, list both in allow.payees. Nothing was signed.`,
      context: { payTo, host, network: id },
      moneyState: 'none'
    })
  }
  return undefined
}

/** What the same host and path last cost, where prices are watched and the ledger remembers one. */
export async function usualCost(
  { ledger, policy }: PaymentContext,
  { host, pathname }: URL
): Promise<AtomicUsdc | undefined> {
  if (policy.maxPriceIncrease === undefined) return undefined
  let left = MAX_LOOKED_AT
  for await (const { path, offer } of ledger.history({ host, state: 'settled' })) {
    // What an account was billed is another price.
    if (path === pathname && offer.dialect !== 'account') return offer.cost
    if (--left === 0) return undefined
  }
  return undefined
}

/** Rejects a price far above the usual one. */
export function priceIncreaseError(
  { policy: { maxPriceIncrease = 1 } }: PaymentContext,
  { url, offer, usual }: { readonly url: URL; readonly offer: Offer; readonly usual: AtomicUsdc }
): BursarError | undefined {
  if (Number(offer.cost) <= Number(usual) * maxPriceIncrease) return undefined
  const [requested, used] = [formatUsdc(offer.cost), formatUsdc(usual)]
  return new BursarError('offer/over-limit', {
    message: `${url.host} asks ${requested} USDC, and last ${used}. Nothing was signed.`,
    context: { limit: 'maxPriceIncrease', allowed: String(maxPriceIncrease), requested, used },
    moneyState: 'none'
  })
}
