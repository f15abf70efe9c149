import { isError } from '@bursar/core'
import { createReceipt } from '../create-receipt.js'
import { attachReceipt } from '../receipt.js'
import { type CapturedRequest, headerOf } from '../request/captured-request.js'
import type { BodyObserver, IncomingResponse } from '../transport/incoming-response.js'
import type { CallOptions } from './call-options.js'
import type { Delivery } from './delivery.js'
import { emitPurchase } from './emit.js'
import type { CallEnd } from './end-call.js'
import type { PaymentContext } from './payment-context.js'

/**
 * Failures that every client takes for an answer. Each other is repeated by some client by itself: 401 and 403 with what else it
 * can sign in with, 413 by ky, and by LangChain what it does not know to be in vain.
 */
const answeringFailures = [400, 404, 405, 406]
/** What a request sets a condition with, which 304 and 412 answer. */
const conditions = ['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since']

/** An answer that is handed to the caller. */
export interface Answer {
  readonly request: CapturedRequest
  readonly response: IncomingResponse
  readonly delivery: Delivery
  /** Whether it was paid by an earlier call. */
  readonly resumed: boolean
  readonly answerKept: CallOptions['answerKept']
}

/** Hands the answer to the caller, with its receipt. */
export async function handOver(context: PaymentContext, answer: Answer): Promise<Response> {
  const { response, delivery, resumed, answerKept } = answer
  const { status } = response
  if (!isAnswered(answer)) await delivery.untilAborted(delivery.end('failed'))
  const end = (type: CallEnd): Promise<void> => endAndEmit(context, delivery, { type, status })
  const handed = await response.toResponse(observerOf(delivery, end, answerKept))
  return attachReceipt(handed, createReceipt(delivery.purchase, { resumed }))
}

/**
 * Whether an answer ends the purchase. A rejection that leaves the payment open does not, nor does what clients repeat by
 * themselves: an equal call resumes the payment, even before this body is read.
 */
function isAnswered({ request, response, delivery: { purchase } }: Answer): boolean {
  const { status } = response
  const isSettled = purchase.state === 'settled'
  if (status < 300) return true
  if (status === 304 || (status === 412 && isSettled))
    return conditions.some((name) => headerOf(request, name) !== undefined)
  return isSettled && answeringFailures.includes(status) && response.header('x-should-retry') !== 'true'
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
    onCancel: (reason) => void (isError(reason) ? endOnce('failed') : handedOver())
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
