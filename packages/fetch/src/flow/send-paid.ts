import type { BursarError, Purchase } from '@bursar/core'
import type { Answer } from '../transport/answer.js'
import { askChain } from './ask-chain.js'
import type { Call, Desk } from './desk.js'
import { announce, follow } from './move.js'
import { paymentError } from './payment-error.js'

/** A paid request that was answered. */
export interface PaidAnswer {
  readonly answer: Answer
  readonly purchase: Purchase
}

/**
 * Sends the signed bytes, and the same bytes again when the answer is lost, within bounds. A payment can
 * settle once however often it is sent.
 *
 * @throws {BursarError} `payment/outcome-unknown`, `payment/settled-answer-lost`, `payment/expired`,
 * `payment/aborted`
 */
export async function sendPaid(desk: Desk, call: Call, signed: Purchase): Promise<PaidAnswer> {
  const { signal } = call.request
  if (signal?.aborted) throw aborted(signed, signal)
  const purchase = signed.state === 'signed' ? await follow(desk, signed, { type: 'sent' }) : signed
  for (let resends = 0; ; resends++) {
    try {
      announce(desk, resends === 0 ? 'sent' : 'resent', purchase)
      return { answer: await sendOnce(desk, call, purchase), purchase }
    } catch (cause) {
      if (signal?.aborted) throw aborted(purchase, signal)
      announce(desk, 'lost', purchase)
      if (resends >= desk.settings.maxResends) throw await lost(desk, purchase, cause)
    }
    await waitBeforeResend(desk, call, purchase, resends)
  }
}

async function sendOnce(desk: Desk, { request, transport }: Call, purchase: Purchase): Promise<Answer> {
  const { header } = purchase
  if (!header) throw new TypeError(`Purchase ${purchase.id} has no bytes to send`)
  return transport({ request, payment: header, timeoutMs: desk.settings.afterPaymentMs })
}

async function waitBeforeResend(desk: Desk, call: Call, purchase: Purchase, resends: number): Promise<void> {
  const { signal } = call.request
  const backoff = desk.settings.resendBackoffMs * 2 ** resends
  const jitter = (desk.random(1)[0] ?? 0) / 256
  try {
    await desk.clock.sleep(backoff * (0.5 + jitter), signal)
  } catch (error) {
    throw signal?.aborted ? aborted(purchase, signal) : error
  }
}

const lostCodes = {
  settled: 'payment/settled-answer-lost',
  none: 'payment/expired',
  sent: 'payment/outcome-unknown',
  unknown: 'payment/outcome-unknown'
} as const

async function lost(desk: Desk, asked: Purchase, cause: unknown): Promise<BursarError> {
  const { purchase, moneyState } = await askChain(desk, asked)
  const what = 'The answer to the payment was lost'
  return paymentError(lostCodes[moneyState], purchase, { moneyState, what, cause })
}

/** The caller gave up after signing. */
export function aborted(purchase: Purchase, signal: AbortSignal): BursarError {
  const moneyState = purchase.state === 'settled' ? 'settled' : purchase.state === 'sent' ? 'sent' : 'signed'
  return paymentError('payment/aborted', purchase, {
    moneyState,
    what: 'The call was aborted after its payment was signed',
    cause: signal.reason
  })
}
