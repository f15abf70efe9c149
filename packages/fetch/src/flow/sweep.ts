import { askChain } from './ask-chain.js'
import type { Desk } from './desk.js'

/** A sweep stands between a caller and its answer; the rest waits for the next one. */
const MAX_SWEPT = 20

/**
 * Asks the chain about authorizations that have expired, so that dead ones give their budget back.
 * Tells whether any did.
 */
export async function sweep(desk: Desk): Promise<boolean> {
  const nowSeconds = desk.clock.nowMs() / 1000
  const expired = (await desk.ledger.outstanding()).filter(
    ({ payment }) => payment !== undefined && payment.expiresAtSeconds < nowSeconds
  )
  const known = await Promise.all(expired.slice(0, MAX_SWEPT).map((purchase) => askChain(desk, purchase)))
  return known.some(({ moneyState }) => moneyState === 'none')
}
