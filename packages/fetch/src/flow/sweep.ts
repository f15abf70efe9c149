import type { askChain } from './ask-chain.js'
import type { Desk } from './desk.js'

/** How many the chain is asked about at a time, oldest first, until one has given its budget back. */
const AT_ONCE = 20

/**
 * Asks the chain about authorizations that have expired, so that dead ones give their budget back.
 * Tells whether any did.
 *
 * @param ask is handed in, so that this can be loaded when it is needed without a share in what is always loaded.
 */
export async function sweep(desk: Desk, ask: typeof askChain): Promise<boolean> {
  const nowSeconds = desk.clock.nowMs() / 1000
  const expired = (await desk.ledger.outstanding()).filter(
    ({ payment }) => payment !== undefined && payment.expiresAtSeconds < nowSeconds
  )
  while (expired.length > 0) {
    const known = await Promise.all(expired.splice(0, AT_ONCE).map((purchase) => ask(desk, purchase)))
    if (known.some(({ moneyState }) => moneyState === 'none')) return true
  }
  return false
}
