import { type Purchase, transactionOf } from '@bursar/core'
import { type PrepaidContext, walletOf } from './prepaid-context.js'
import { creditDelayed } from './prepaid-errors.js'
import { readBalance, readMovements } from './read-account.js'
import { topUpAmount } from './top-up.js'

/** Between two looks at a balance. */
export const POLL_MS = 250
/** A top-up that was just paid is among the newest movements. */
const MAX_MOVEMENTS = 500

/**
 * Waits until the service shows the credit of a top-up that was paid.
 *
 * @throws {BursarError} `balance/credit-delayed`, `service/*`
 */
export async function awaitCredit(context: PrepaidContext, paid: Purchase, waitMs: number): Promise<void> {
  const { clock } = context.parts
  const deadlineMs = clock.nowMs() + waitMs
  while (!(await isCredited(context, paid))) {
    if (clock.nowMs() >= deadlineMs) {
      const wallet = await walletOf(context).address()
      const reason = `the balance does not show it ${waitMs} ms after it was paid`
      throw creditDelayed(context, { wallet, amount: topUpAmount(paid), reason })
    }
    await clock.sleep(POLL_MS)
  }
}

/** Without a transaction, only the balance shows the credit. */
async function isCredited(context: PrepaidContext, paid: Purchase): Promise<boolean> {
  if (transactionOf(paid) === undefined) return (await readBalance(context)) > 0n
  let looked = 0
  for await (const movement of readMovements(context)) {
    if (context.service.isCreditOf(movement, paid)) return true
    if (++looked >= MAX_MOVEMENTS) return false
  }
  return false
}
