import { type Purchase, readLedgerTime, transactionOf } from '@bursar/core'
import { type Evidence, evidenceOfCredit } from './credit-evidence.js'
import { type PrepaidContext, walletOf } from './prepaid-context.js'
import { creditDelayed } from './prepaid-errors.js'
import { readBalance } from './read-account.js'
import { topUpAmount } from './top-up.js'

/** Between two looks at a balance. */
export const POLL_MS = 250
/** For how long a credit of which nothing tells keeps the next top-up by rule from being made. */
export const UNKNOWN_CREDIT_MS = 86_400_000

/** Whether the service shows the credit of a top-up, or nothing tells. */
export type Credit = Exclude<Evidence, 'missing'>

/**
 * Waits until the service shows the credit of a top-up that was paid, or has something on the balance where its transaction is
 * unknown: a call can be paid from that, and it is no word about the credit.
 *
 * @throws {BursarError} `balance/credit-delayed`, `service/*`
 */
export async function awaitCredit(context: PrepaidContext, paid: Purchase, waitMs: number): Promise<Credit> {
  const { clock } = context.parts
  const deadlineMs = clock.nowMs() + waitMs
  for (;;) {
    const credit = await findCredit(context, paid)
    const isOver = clock.nowMs() >= deadlineMs
    if (credit === 'shown' || (credit === 'unknown' && (isOver || !(await mayCome(context, paid, waitMs)))))
      return credit
    if (isOver) {
      const wallet = await walletOf(context).address()
      const reason = `the service did not list it within ${waitMs} ms`
      throw creditDelayed(context, { wallet, amount: topUpAmount(paid), reason })
    }
    await clock.sleep(POLL_MS)
  }
}

/** Whether it is so long ago that the top-up was made that nothing will tell any more whether it was credited. */
export async function isLongAgo(context: PrepaidContext, paid: Purchase): Promise<boolean> {
  return (await ageOf(context, paid)) >= UNKNOWN_CREDIT_MS
}

/** A list that holds nothing older than a top-up tells nothing of it, which was made just now: services list a credit later. */
async function mayCome(context: PrepaidContext, paid: Purchase, waitMs: number): Promise<boolean> {
  return transactionOf(paid) !== undefined && (await ageOf(context, paid)) < waitMs
}

async function ageOf({ parts }: PrepaidContext, { reservedAtMs }: Purchase): Promise<number> {
  return (await readLedgerTime(parts.ledger, parts.clock)) - reservedAtMs
}

async function findCredit(context: PrepaidContext, paid: Purchase): Promise<Evidence> {
  if (context.shownCredits.has(paid.id)) return 'shown'
  const evidence = await evidenceOfCredit(context, paid)
  if (evidence === 'shown') context.shownCredits.add(paid.id)
  if (evidence === 'shown' || transactionOf(paid) !== undefined) return evidence
  // The list may name nothing that the credit could be told by, and what was credited may be spent already.
  return (await isLongAgo(context, paid)) || (await readBalance(context)) > 0n ? 'unknown' : 'missing'
}
