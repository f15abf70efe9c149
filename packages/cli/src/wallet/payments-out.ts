import { authorizationOf, type Purchase, sameAddress } from '@bursar/core'
import type { Env } from '../io.js'

/** The payments of some addresses that may still be taken, as the record has them. */
export async function paymentsOut(
  env: Env,
  addresses: readonly { readonly address: string }[]
): Promise<readonly Purchase[]> {
  const { withLedger } = await import('../accounts/with-ledger.js')
  const purchases = await withLedger({ env }, (ledger) => ledger.outstanding())
  return purchases.filter((purchase) => {
    const payer = authorizationOf(purchase)?.payer
    return payer !== undefined && addresses.some(({ address }) => sameAddress(address, payer))
  })
}
