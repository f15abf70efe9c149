import {
  bytesOf,
  type Purchase,
  type ResumablePayment,
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
  let query = await abortable(signal, buildQuery(context, call))
  let seen: Purchase | undefined
  for (let leftMs = context.settings.afterPaymentMs; ; ) {
    const answer = await askLedger(context, query, signal)
    if (answer.kind !== 'wait' && answer.kind !== 'in-flight') return resumableIn(answer, seen)
    if (leftMs <= 0) throw inProgressError(answer.purchase)
    await context.clock.sleep(answer.askAgainMs, signal)
    leftMs -= answer.askAgainMs
    query = { ...query, look: answer.look }
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

/** @param seen the purchase that was waited for, as it was when it was last seen. */
function resumableIn(
  answer: Exclude<Resumption, { kind: 'wait' | 'in-flight' }>,
  seen: Purchase | undefined
): ResumablePayment | undefined {
  switch (answer.kind) {
    case 'nothing':
      return undefined
    case 'resumed':
      return answer.purchase
    case 'answered':
      return sendAgain(seen, answer)
    default:
      throw namedPurchaseError(answer)
  }
}

/**
 * The joined call has its answer in another process. A server that was paid answers the same bytes again; they were seen
 * while it was in flight.
 */
function sendAgain(
  seen: Purchase | undefined,
  answer: Extract<Resumption, { kind: 'answered' }>
): ResumablePayment {
  if (seen?.kind === 'payment' && (seen.state === 'signed' || seen.state === 'sent') && bytesOf(seen))
    return { ...seen, state: 'sent' }
  throw namedPurchaseError(answer)
}
