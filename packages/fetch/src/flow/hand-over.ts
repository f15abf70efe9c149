import { createReceipt } from '../create-receipt.js'
import { attachReceipt } from '../receipt.js'
import type { BodyObserver, IncomingResponse } from '../transport/incoming-response.js'
import type { CallOptions } from './call-options.js'
import type { Delivery } from './delivery.js'
import { emitPurchase } from './emit.js'
import type { CallEnd } from './end-call.js'
import type { PaymentContext } from './payment-context.js'

/** Statuses that SDKs retry by themselves, as they do every failure whose server wants them to. */
const retriedStatuses = [408, 409, 425, 429]

/** An answer that is handed to the caller. */
export interface Answer {
  readonly response: IncomingResponse
  readonly delivery: Delivery
  /** Whether it was paid by an earlier call. */
  readonly resumed: boolean
  readonly answerKept: CallOptions['answerKept']
}

/** Hands the answer to the caller, with its receipt. */
export async function handOver(
  context: PaymentContext,
  { response, delivery, resumed, answerKept }: Answer
): Promise<Response> {
  const { status } = response
  const isSettled = delivery.purchase.state === 'settled'
  // A rejection that leaves the payment open, or that SDKs retry, does not count as an answer: an equal call resumes
  // the payment, even before this body is read.
  const isRetried = retriedStatuses.includes(status) || response.header('x-should-retry') === 'true'
  const isUnanswered = status >= 400 && (!isSettled || isRetried)
  if (isUnanswered) await delivery.untilAborted(delivery.end('failed'))
  const end = (type: CallEnd): Promise<void> => endAndEmit(context, delivery, { type, status })
  const handed = await response.toResponse(observerOf(delivery, end, answerKept))
  return attachReceipt(handed, createReceipt(delivery.purchase, { resumed }))
}

/**
 * The caller sees the end of its body only when the ledger has recorded the end of the call, or when the caller gives
 * up. A caller that keeps the answer first sees the end of the body at once, and says itself how the call ends.
 */
function observerOf(
  delivery: Delivery,
  end: (type: CallEnd) => Promise<void>,
  answerKept: Answer['answerKept']
): BodyObserver {
  let ended: Promise<void> | undefined
  const endOnce = (type: CallEnd): Promise<void> => {
    ended ??= end(type)
    return delivery.untilAborted(ended).catch(() => {})
  }
  answerKept?.then(
    () => void endOnce('answered'),
    () => void endOnce('failed')
  )
  const handedOver = (): Promise<void> => (answerKept ? Promise.resolve() : endOnce('answered'))
  return {
    onComplete: handedOver,
    async onBreak(cause) {
      await endOnce('failed')
      return delivery.fail(cause)
    },
    onCancel: (reason) => void (reason instanceof Error ? endOnce('failed') : handedOver())
  }
}

async function endAndEmit(
  context: PaymentContext,
  delivery: Delivery,
  { type, status }: { readonly type: CallEnd; readonly status: number }
): Promise<void> {
  const ended = await delivery.end(type)
  emitPurchase(context, ended, { type: ended.call === 'failed' ? 'failed' : type, status })
}
