import { bytesOf, isBursarError, type Purchase, type SignedPayment } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import type { Delivery } from './delivery.js'
import { emitPurchase } from './emit.js'
import type { Choice } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'
import { DISCARDED, paymentError } from './payment-error.js'
import type { PaymentRejection } from './payment-rejection.js'
import { prepareAgain } from './prepare-payment.js'
import { newPurchaseId } from './purchase-id.js'
import { getSettlementStatus } from './settlement-status.js'
import { signWhileWaited } from './sign-in-time.js'

/** About the length of a Solana slot. */
const STATUS_POLL_MS = 500

/** A rejected payment, and what it was made from. */
export interface RejectedPayment {
  readonly delivery: Delivery
  readonly choice: Choice
  readonly rejection: PaymentRejection
}

/** A payment that came too late. */
interface StalePayment extends RejectedPayment {
  /** What was signed, and is dead. */
  readonly replaces: SignedPayment
}

/**
 * Signs a payment again that came too late for its chain, as Solana's can for their blockhash, once the chain proves that it
 * never landed and never can. That takes until the blocks that could have held it are final, so the proof is waited
 * for, as long as `timeouts.replacementMs` allows.
 *
 * The purchase keeps its offer, its amount and its place in the budgets.
 *
 * @returns whether there is a new payment to be sent.
 * @throws {BursarError} `payment/refused` when it is dead and cannot be signed again.
 */
export async function reissueIfStale(
  context: PaymentContext,
  call: ChallengedCall,
  { delivery, choice, rejection }: RejectedPayment
): Promise<boolean> {
  const { reason } = rejection
  const replaces = bytesOf(delivery.purchase)?.payment
  if (!replaces || reason === undefined || !choice.payer.saysTooLate?.(reason)) return false
  if (!(await isProvenDead(context, delivery, call.request.signal))) return false
  delivery.noteDead()
  try {
    const reissued = await delivery.untilAborted(
      reissue(context, call, { delivery, choice, rejection, replaces })
    )
    delivery.replace(reissued)
    emitPurchase(context, reissued, { type: 'signed' })
    return true
  } catch (cause) {
    call.request.signal?.throwIfAborted()
    if (isBursarError(cause, 'payment/refused')) throw cause
    const what = 'The payment came too late and could not be signed again'
    throw paymentError('payment/refused', delivery.purchase, {
      ...rejection,
      moneyState: 'none',
      what,
      cause
    })
  }
}

async function isProvenDead(
  context: PaymentContext,
  { purchase }: Delivery,
  signal: AbortSignal | undefined
): Promise<boolean> {
  const { clock, settings } = context
  const deadlineMs = clock.nowMs() + settings.replacementMs
  for (;;) {
    const known = await getSettlementStatus(context, purchase, signal)
    if (known?.status === 'dead') return true
    if (known?.status === 'settled' || clock.nowMs() >= deadlineMs) return false
    await clock.sleep(STATUS_POLL_MS, signal)
  }
}

/** @throws {BursarError} `payment/refused` when it was signed, and the ledger may not have it. */
async function reissue(
  context: PaymentContext,
  call: ChallengedCall,
  { delivery: { purchase }, choice, rejection, replaces }: StalePayment
): Promise<Purchase> {
  const prepared = await prepareAgain(context, call, { ...choice, account: replaces.payer, replaces })
  const signed = await signWhileWaited(context, prepared, call.request.signal)
  // To a server that keeps its answers by identifier, it is another payment, and needs another identifier.
  try {
    return await context.ledger.recordEvent(purchase.id, {
      ...prepared.toEvent(signed, newPurchaseId(context)),
      type: 'reissued'
    })
  } catch (cause) {
    const what = 'The payment came too late and was signed again, and not sent: its record may be missing'
    const facts = { ...purchase, authorization: signed }
    throw paymentError('payment/refused', facts, {
      ...rejection,
      moneyState: 'signed',
      what,
      advice: DISCARDED,
      cause
    })
  }
}
