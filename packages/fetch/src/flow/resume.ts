import { abortable, type Purchase, type ResumablePayment, type ResumeQuery } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import { emitPurchase } from './emit.js'
import { endCall } from './end-call.js'
import { findResumable } from './find-resumable.js'
import { type LearnedOutcome, learnOutcome } from './learn-outcome.js'
import type { PaymentContext } from './payment-context.js'
import { paymentError } from './payment-error.js'

/** What became of a call for which there may be an equal one. */
export interface Resumed {
  /** The purchase of the equal call, which is paid by the same bytes. Absent: a new purchase may be made. */
  readonly purchase?: Purchase | undefined
  /** The query that found nothing, which the reservation repeats. Absent: the caller pays again in any case. */
  readonly query?: ResumeQuery | undefined
}

/**
 * Resumes the purchase of an equal call that ended with its payment unresolved, so that a caller that tries again does
 * not pay again. A purchase that the chain proves dead is not resumed.
 *
 * @param earlier the query that found nothing, when the reservation then found an equal call.
 * @throws {BursarError} `payment/redirected`, `purchase/*`, `ledger/frozen`, `ledger/unavailable`
 */
export async function resume(
  context: PaymentContext,
  call: ChallengedCall,
  earlier?: ResumeQuery
): Promise<Resumed> {
  if (call.options.again && call.options.purchase === undefined) return {}
  for (let query = earlier; ; ) {
    const found = await findResumable(context, call, query)
    if (!found.resumable) return { query: found.query }
    const outcome = await learnIfExpired(context, call, found.resumable)
    if (await canBeSentAgain(context, call, outcome)) {
      emitPurchase(context, outcome.purchase, { type: 'resumed', call: call.number })
      return { purchase: outcome.purchase }
    }
    query = found.query
  }
}

async function learnIfExpired(
  context: PaymentContext,
  { request: { signal } }: ChallengedCall,
  found: ResumablePayment
): Promise<LearnedOutcome> {
  const isExpired = found.authorization.expiresAtSeconds * 1000 < context.clock.nowMs()
  if (!isExpired) return { purchase: found, moneyState: 'sent' }
  try {
    return await abortable(learnOutcome(context, found, signal), signal)
  } catch (error) {
    // A resumed purchase must not stay open for a caller who has given up, or the next equal call would pay again.
    void endCall(context, found, 'failed')
    throw error
  }
}

async function canBeSentAgain(
  context: PaymentContext,
  { request }: ChallengedCall,
  { purchase, moneyState }: LearnedOutcome
): Promise<boolean> {
  const leadsHere = purchase.origin === request.url.origin && purchase.path === request.url.pathname
  if (moneyState !== 'none' && leadsHere) return true
  await endCall(context, purchase, 'failed')
  if (moneyState === 'none') return false
  const what = 'The server led this call elsewhere before'
  throw paymentError('payment/redirected', purchase, { moneyState, what })
}
