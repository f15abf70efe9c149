import { BursarError, bytesOf, type Purchase } from '@bursar/core'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { canSignIn } from './asks-for-sign-in.js'
import type { ChallengedCall } from './call.js'
import type { Delivery } from './delivery.js'
import { emitPurchase } from './emit.js'
import type { PaymentContext } from './payment-context.js'
import { type PaymentErrorDetails, paymentError } from './payment-error.js'

/**
 * Sends the signed bytes, and the same bytes again when the answer is lost, within bounds. A payment can
 * settle once however often it is sent.
 *
 * @throws {BursarError} `payment/outcome-unknown`, `payment/settled-answer-lost`, `payment/expired`
 */
export async function sendPayment(
  context: PaymentContext,
  call: ChallengedCall,
  delivery: Delivery
): Promise<IncomingResponse> {
  const { signal } = call.request
  signal?.throwIfAborted()
  if (delivery.purchase.state === 'signed') await delivery.record({ type: 'sent' })
  for (let resends = 0; ; resends++) {
    try {
      emitPurchase(context, delivery.purchase, { type: isFirst(delivery, resends) ? 'sent' : 'resent' })
      return await sendOnce(context, call, delivery)
    } catch (cause) {
      signal?.throwIfAborted()
      emitPurchase(context, delivery.purchase, { type: 'lost' })
      if (resends >= context.settings.maxResends)
        throw await answerLostError(delivery, { cause, signsIn: canSignIn(context, call) })
    }
    await waitBeforeResend(context, resends, signal)
  }
}

function isFirst({ corrected }: Delivery, resends: number): boolean {
  return resends === 0 && !corrected
}

function sendOnce(
  { settings }: PaymentContext,
  { request, transport }: ChallengedCall,
  delivery: Delivery
): Promise<IncomingResponse> {
  const bytes = bytesOf(delivery.purchase)
  if (!bytes) throw missingBytesError(delivery.purchase)
  request.signal?.throwIfAborted()
  delivery.noteSending()
  const { afterPaymentMs, idleBodyMs } = settings
  const payment = delivery.corrected ?? bytes.header
  return transport.send({ request, payment, timeoutMs: afterPaymentMs, idleBodyMs })
}

function missingBytesError({ id, state }: Purchase): BursarError {
  return new BursarError('ledger/conflict', {
    message: `Purchase ${id} is ${state} in the ledger and has no bytes that could be sent.`,
    context: { purchase: id, state, event: 'sent' },
    moneyState: state === 'settled' ? 'settled' : 'unknown'
  })
}

async function waitBeforeResend(
  { settings, random, clock }: PaymentContext,
  resends: number,
  signal: AbortSignal | undefined
): Promise<void> {
  const backoff = settings.resendBackoffMs * 2 ** resends
  const jitter = (random(1)[0] ?? 0) / 256
  await clock.sleep(backoff * (0.5 + jitter), signal)
}

const lostCodes = {
  settled: 'payment/settled-answer-lost',
  none: 'payment/expired',
  sent: 'payment/outcome-unknown',
  unknown: 'payment/outcome-unknown'
} as const

async function answerLostError(
  delivery: Delivery,
  lost: Pick<PaymentErrorDetails, 'cause' | 'signsIn'>
): Promise<BursarError> {
  const { purchase, moneyState } = await delivery.learn()
  const what = 'The answer to the payment was lost'
  return paymentError(lostCodes[moneyState], purchase, { moneyState, what, ...lost })
}
