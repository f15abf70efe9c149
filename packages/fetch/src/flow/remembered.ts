import { type AtomicUsdc, BursarError, formatUsdc, type Offer } from '@bursar/core'
import { sameAddress } from '../policy/policy.js'
import type { Desk } from './desk.js'

/** How far back the price of a path is looked for. */
const LOOKED_AT = 50

/** Refuses to pay a host at another address than the ledger remembers. */
export async function refuseMovedPayee(
  { ledger, policy }: Desk,
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
  { ledger, policy }: Desk,
  { host, pathname }: URL
): Promise<AtomicUsdc | undefined> {
  if (policy.surgeFactor === undefined) return undefined
  let left = LOOKED_AT
  for await (const { path, offer } of ledger.history({ host, state: 'settled' })) {
    // What an account was billed is another price.
    if (path === pathname && offer.dialect !== 'account') return offer.cost
    if (--left === 0) return undefined
  }
  return undefined
}

/** Refuses a price far above the usual one. */
export function refuseSurge(
  { policy: { surgeFactor = 1 } }: Desk,
  { host }: URL,
  { cost }: Offer,
  usual: AtomicUsdc
): BursarError | undefined {
  if (Number(cost) <= Number(usual) * surgeFactor) return undefined
  const [requested, used] = [formatUsdc(cost), formatUsdc(usual)]
  return new BursarError('offer/over-limit', {
    message: `${host} asks ${requested} USDC, and last ${used}. Nothing was signed.`,
    context: { limit: 'surgeFactor', allowed: String(surgeFactor), requested, used },
    moneyState: 'none'
  })
}
