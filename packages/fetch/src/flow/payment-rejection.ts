import type { BursarError, Purchase, Settlement } from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import { redirectTarget } from '../request/redirected-error.js'
import { isRedirect } from '../request/redirected-request.js'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { clockAdvice } from './clock-advice.js'
import type { Delivery } from './delivery.js'
import { emitPurchase } from './emit.js'
import { noteRefused } from './funds.js'
import { identifierSent } from './identifier-sent.js'
import { loadWire } from './load-wire.js'
import type { PaymentContext } from './payment-context.js'
import { paymentError } from './payment-error.js'
import { readSettlement, recordReceipt } from './receipt-header.js'
import { readRejectionReason } from './rejection-reason.js'
import { serverAheadSeconds } from './server-clock.js'

/** A server's rejection of a payment. */
export interface PaymentRejection {
  readonly status: number
  /** Why, in the server's own words. */
  readonly reason: string | undefined
  /** What the server says of the money, which it may have taken all the same. */
  readonly settlement?: Settlement | undefined
  /** Whether the server lets in who has paid, and an account here can sign in. */
  readonly signsIn?: boolean | undefined
  /** Where a redirect leads, without its query. */
  readonly target?: string | undefined
  /** What to look at where the server's clock is another, or its reason names time. */
  readonly hint?: string | undefined
}

/**
 * Whether an answer rejects the payment of a purchase. Browsers show a redirect that was not followed as status 0. A
 * server that finds payments by their identifiers answers 409 where it has another payment under this one's. A 412 with
 * a challenge wants an allowance first; without one, a condition of the caller's own was not met.
 */
export function isPaymentRejection(response: IncomingResponse, purchase: Purchase): boolean {
  const { status } = response
  if (status === 409)
    return response.header('payment-response') === undefined && identifierSent(purchase) !== undefined
  if (status === 412) return response.header('payment-required') !== undefined
  return isRefusal(status) || status >= 500 || leadsElsewhere(status)
}

/** Reads why the server did not take the payment. */
export async function readPaymentRejection(
  { clock }: PaymentContext,
  request: CapturedRequest,
  response: IncomingResponse
): Promise<PaymentRejection> {
  const { status } = response
  const settlement = readSettlement(await loadWire(), response)
  if (leadsElsewhere(status))
    return { status, settlement, reason: undefined, target: targetOf(request, response) }
  const answeredAtMs = clock.nowMs()
  const reason = await readRejectionReason(response)
  const hint = clockAdvice({
    reason,
    aheadSeconds: serverAheadSeconds(response, answeredAtMs),
    nowMs: answeredAtMs
  })
  return { status, settlement, reason, hint }
}

/** Asks the chain about a rejected payment, whatever the server says, and builds the caller's error. */
export async function paymentRejectionError(
  context: PaymentContext,
  delivery: Delivery,
  { target, settlement, ...rejection }: PaymentRejection
): Promise<BursarError> {
  const { status } = rejection
  noteRefused(context, delivery.purchase, rejection.reason)
  // A server that charges first says so beside its failure.
  await recordReceipt(context, delivery, settlement)
  const { purchase, moneyState } = await delivery.learn()
  emitPurchase(context, purchase, { type: isRefusal(status) ? 'refused' : 'failed', status })
  const { code, what } = wordsOf(status, target)
  return paymentError(code, purchase, { ...rejection, moneyState, what })
}

function isRefusal(status: number): boolean {
  return status === 402 || status === 409 || status === 412
}

function leadsElsewhere(status: number): boolean {
  return isRedirect(status) || status === 0
}

function targetOf(request: CapturedRequest, response: IncomingResponse): string | undefined {
  const location = response.header('location')
  return location === undefined ? undefined : redirectTarget(request, location)
}

function wordsOf(status: number, target: string | undefined) {
  if (status === 409)
    return {
      code: 'payment/refused',
      what: 'The server has another payment of the same identifier, and refused this one with 409'
    } as const
  if (isRefusal(status))
    return { code: 'payment/refused', what: `The server refused the payment with ${status}` } as const
  if (status >= 500)
    return {
      code: 'payment/failed',
      what: `The server failed with ${status} after the payment was sent`
    } as const
  const led = target === undefined ? '' : ` to ${target}`
  return {
    code: 'payment/redirected',
    what: `The server answered the payment with a redirect (${status})${led}, not followed`
  } as const
}
