import {
  bytesOf,
  type Purchase,
  type ResumablePayment,
  type ResumeLook,
  type ResumeQuery,
  type Resumption
} from '@bursar/core'
import { abortable } from '../abortable.js'
import type { ChallengedCall } from './call.js'
import { endCall } from './end-call.js'
import type { PaymentContext } from './payment-context.js'
import { inProgressError, namedPurchaseError } from './purchase-errors.js'

/**
 * Asks the ledger for the purchase of an equal call, and again for as long as another process may still be at work on it,
 * or is, where calls in flight are joined.
 *
 * @returns a purchase whose bytes may be sent again.
 * @throws {BursarError} `purchase/*`, `ledger/frozen`, `ledger/unavailable`
 */
export async function findResumable(
  context: PaymentContext,
  call: ChallengedCall
): Promise<ResumablePayment | undefined> {
  const { signal } = call.request
  const query = await abortable(signal, buildQuery(context, call))
  let look: ResumeLook | undefined
  let seen: Purchase | undefined
  let leftMs = context.settings.afterPaymentMs
  for (;;) {
    const answer = await askLedger(context, { ...query, look }, signal)
    switch (answer.kind) {
      case 'nothing':
        return undefined
      case 'resumed':
        return answer.purchase
      case 'answered':
        return sentAgain(seen, answer)
      case 'wait':
      case 'in-flight':
        if (leftMs <= 0) throw inProgressError(answer.purchase)
        break
      default:
        throw namedPurchaseError(answer)
    }
    await context.clock.sleep(answer.askAgainMs, signal)
    leftMs -= answer.askAgainMs
    look = answer.look
    seen = answer.purchase
  }
}

async function buildQuery(
  context: PaymentContext,
  { fingerprint, options }: ChallengedCall
): Promise<ResumeQuery> {
  return {
    fingerprint,
    name: options.purchase,
    payers: await context.payerAddresses(),
    windowMs: context.settings.resumeWindowMs,
    inFlight: options.inFlight ?? context.inFlight
  }
}

/** What is resumed for a caller who has given up meanwhile has failed again. */
function askLedger(
  context: PaymentContext,
  query: ResumeQuery,
  signal: AbortSignal | undefined
): Promise<Resumption> {
  return abortable(signal, context.ledger.resume(query, { signal }), async (late) => {
    if (late.kind === 'resumed') await endCall(context, late.purchase, 'failed')
  })
}

/**
 * The joined call has its answer in another process. A server that was paid answers the same bytes again; they were seen
 * while it was in flight.
 */
function sentAgain(
  seen: Purchase | undefined,
  answer: Extract<Resumption, { kind: 'answered' }>
): ResumablePayment {
  if (seen?.kind === 'payment' && (seen.state === 'signed' || seen.state === 'sent') && bytesOf(seen))
    return { ...seen, state: 'sent' }
  throw namedPurchaseError(answer)
}
