import { authorizationOf, type Purchase, sameAddress } from '@bursar/core'
import type { PolicyContext } from '../policy/command-policy.js'

/** The payments of some addresses that may still be taken, as the record has them. */
export async function paymentsOut(
  context: PolicyContext,
  addresses: readonly { readonly address: string }[]
): Promise<readonly Purchase[]> {
  const { withLedger } = await import('../accounts/with-ledger.js')
  const purchases = await withLedger(context, (ledger) => ledger.outstanding())
  return purchases.filter((purchase) => {
    const payer = authorizationOf(purchase)?.payer
    return payer !== undefined && addresses.some(({ address }) => sameAddress(address, payer))
  })
}
