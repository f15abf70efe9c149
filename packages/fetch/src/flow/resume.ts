import type { Purchase, ResumablePayment, ResumeQuery, Resumption } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import { emitPurchase } from './emit.js'
import { type LearnedOutcome, learnOutcome } from './learn-outcome.js'
import { namedPurchaseError } from './named-purchase.js'
import type { PaymentContext } from './payment-context.js'
import { paymentError } from './payment-error.js'
import { recordEvent, recordFailure } from './record-event.js'

/**
 * Resumes the purchase of an equal call that ended with its payment unresolved, so that a caller that tries again does
 * not pay again. One that the chain proves dead is left behind. Where another process may still be at work on it, that is
 * waited for.
 */
export async function resume(context: PaymentContext, call: ChallengedCall): Promise<Purchase | undefined> {
  await endUnended(context)
  const { fingerprint, options } = call
  const { purchase: name } = options
  if (name === undefined && options.again) return undefined
  const query = { fingerprint, windowMs: context.settings.resumeWindowMs, name }
  for (;;) {
    const found = await findResumable(context, call, query)
    if (!found) return undefined
    const outcome = await learnIfExpired(context, found)
    if (await canBeSentAgain(context, call, outcome)) {
      emitPurchase(context, outcome.purchase, { type: 'resumed' })
      return outcome.purchase
    }
  }
}

/** Asks the ledger, and again for as long as another process may still be at work. */
async function findResumable(
  { ledger, clock }: PaymentContext,
  { request: { signal } }: ChallengedCall,
  query: ResumeQuery
): Promise<ResumablePayment | undefined> {
  for (let look: ResumeQuery['look']; ; ) {
    const answer: Resumption = await ledger.resume({ ...query, look }, { signal })
    if (answer.kind === 'nothing') return undefined
    if (answer.kind === 'resumed') return answer.purchase
    if (answer.kind !== 'wait' && answer.kind !== 'in-flight')
      throw namedPurchaseError(query.name ?? '', answer)
    await clock.sleep(answer.askAgainMs, signal)
    look = answer.look
  }
}

/** What the ledger still has as open, no equal call would find. */
async function endUnended(context: PaymentContext): Promise<void> {
  for (const id of context.unended) {
    await recordFailure(context, id).catch((error: unknown) => {
      if (context.unended.has(id)) throw error
    })
  }
}

async function learnIfExpired(context: PaymentContext, found: ResumablePayment): Promise<LearnedOutcome> {
  const isExpired = found.authorization.expiresAtSeconds * 1000 < context.clock.nowMs()
  if (!isExpired) return { purchase: found, moneyState: 'sent' }
  try {
    return await learnOutcome(context, found)
  } catch (error) {
    // A resumed purchase must not stay open when asking fails, or the next equal call would pay anew.
    await recordEvent(context, found, { type: 'failed' })
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
  await recordEvent(context, purchase, { type: 'failed' })
  if (moneyState === 'none') return false
  const what = 'The server led this call elsewhere before'
  throw paymentError('payment/redirected', purchase, { moneyState, what })
}
