import {
  abortable,
  bytesOf,
  inProgressError,
  notify,
  type Purchase,
  type ResumablePayment,
  type ResumeQuery,
  type Resumption
} from '@bursar/core'
import type { ChallengedCall } from './call.js'
import { endCall } from './end-call.js'
import { learnOutcome } from './learn-outcome.js'
import type { PaymentContext } from './payment-context.js'
import { namedPurchaseError } from './purchase-errors.js'

/** The result of looking for an equal call in the ledger. */
export interface Found {
  /** A purchase whose bytes may be sent again. Absent: a new purchase may be made. */
  readonly resumable?: ResumablePayment | undefined
  /** The query and what its answer saw, for the reservation or for another look. */
  readonly query: ResumeQuery
}

/**
 * Looks for the purchase of an equal call, and looks again while another process may be working on it or, where calls
 * are joined, is.
 *
 * @param earlier the query that found nothing, when the reservation then found an equal call.
 * @throws {BursarError} `purchase/*`, `ledger/frozen`, `ledger/unavailable`
 */
export async function findResumable(
  context: PaymentContext,
  call: ChallengedCall,
  earlier?: ResumeQuery
): Promise<Found> {
  const { signal } = call.request
  const begun = earlier || !call.seen ? undefined : await abortable(call.seen(), signal)
  const payers = earlier ? undefined : await abortable(context.payerAddresses(), signal)
  let query = earlier ?? buildQuery(context, call, { payers, look: begun?.look })
  let seen = begun?.joined
  for (let leftMs = context.settings.afterPaymentMs; ; ) {
    const answer = await askLedger(context, query, signal)
    if (answer.kind === 'nothing') return { query: { ...query, look: answer.look } }
    if (answer.kind === 'unresolved') {
      query = { ...query, unresolved: await askChain(context, answer.purchase, signal) }
      continue
    }
    if (answer.kind !== 'wait' && answer.kind !== 'in-flight') {
      const resumable = resumableIn(answer, seen)
      void notify(call.options.onPurchase, resumable.id, 'onPurchase')
      return { resumable, query }
    }
    if (leftMs <= 0) throw inProgressError(answer.purchase.id, answer.purchase.name)
    await context.clock.sleep(answer.askAgainMs, signal)
    leftMs -= answer.askAgainMs
    query = { ...query, look: answer.look }
    seen = answer.purchase
  }
}

function buildQuery(
  context: PaymentContext,
  { fingerprint, options }: ChallengedCall,
  { payers, look }: Pick<ResumeQuery, 'payers' | 'look'>
): ResumeQuery {
  return {
    fingerprint,
    name: options.purchase,
    payers,
    windowMs: context.settings.resumeWindowMs,
    inFlight: options.inFlight ?? context.inFlight,
    look
  }
}

/** @returns the purchase's id where it can still settle, or where the chain does not say. */
async function askChain(
  context: PaymentContext,
  purchase: Purchase,
  signal: AbortSignal | undefined
): Promise<string | undefined> {
  const { moneyState } = await abortable(learnOutcome(context, purchase, signal), signal)
  return moneyState === 'none' || moneyState === 'settled' ? undefined : purchase.id
}

/** A purchase that was resumed for a caller who has given up meanwhile fails again. */
function askLedger(
  context: PaymentContext,
  query: ResumeQuery,
  signal: AbortSignal | undefined
): Promise<Resumption> {
  return abortable(context.ledger.resume(query, { signal }), signal, {
    onLate: async (late) => {
      if (late.kind === 'resumed') await endCall(context, late.purchase, 'failed')
    }
  })
}

/** @param seen the purchase that was waited for, as last seen. */
function resumableIn(
  answer: Exclude<Resumption, { kind: 'nothing' | 'unresolved' | 'wait' | 'in-flight' }>,
  seen: Purchase | undefined
): ResumablePayment {
  switch (answer.kind) {
    case 'resumed':
      return answer.purchase
    case 'answered':
      return sendAgain(seen, answer)
    default:
      throw namedPurchaseError(answer)
  }
}

/**
 * The joined call was answered in another process. A paid server answers the same bytes again, if they were read while the
 * call was in flight: also once the payment had settled, and the answer was still on its way. What became of the payment is
 * known from the end, and not from then.
 */
function sendAgain(
  seen: Purchase | undefined,
  answer: Extract<Resumption, { kind: 'answered' }>
): ResumablePayment {
  const { purchase } = answer
  const bytes = seen?.id === purchase.id ? bytesOf(seen) : undefined
  // A server that takes what it likes would take it for the same bytes again, where it took nothing before.
  if (bytes && purchase.kind === 'payment' && !purchase.offer.upto) {
    if (purchase.state === 'settled') return { ...purchase, call: 'open', bytes }
    if (purchase.state === 'signed' || purchase.state === 'sent') return { ...purchase, state: 'sent' }
  }
  throw namedPurchaseError(answer)
}
