import type { BursarError, Purchase } from '@bursar/core'
import type { IncomingResponse } from '../transport/incoming-response.js'
import type { Delivery } from './delivery.js'
import { emitPurchase } from './emit.js'
import { identifierSent } from './identifier-sent.js'
import type { PaymentContext } from './payment-context.js'
import { paymentError } from './payment-error.js'
import { readChallenge } from './read-challenge.js'
import { readSettlement } from './receipt-header.js'

/** A server's rejection of a payment. */
export interface PaymentRejection {
  readonly status: number
  /** Why, in the server's own words. */
  readonly reason: string | undefined
}

/**
 * Whether an answer rejects the payment of a purchase. Browsers show a redirect that was not followed as status 0. A
 * server that finds payments by their identifiers answers 409 where it has another payment under this one's.
 */
export function isPaymentRejection(response: IncomingResponse, purchase: Purchase): boolean {
  const { status } = response
  if (status === 409)
    return response.header('payment-response') === undefined && identifierSent(purchase) !== undefined
  return status === 402 || status >= 500 || (status >= 300 && status < 400) || status === 0
}

/** Reads why the server did not take the payment. */
export async function readPaymentRejection(
  context: PaymentContext,
  response: IncomingResponse
): Promise<PaymentRejection> {
  const { status } = response
  const reason = (await readSettlement(response))?.reason
  if (reason !== undefined || status !== 402) return { status, reason }
  return { status, reason: await challengeReason(context, response) }
}

/** A payment that did not pass verification is answered with a fresh challenge that says why. */
async function challengeReason(
  context: PaymentContext,
  response: IncomingResponse
): Promise<string | undefined> {
  try {
    return (await readChallenge(context, response, context.settings.afterPaymentMs))?.error
  } catch {
    return undefined
  }
}

/** Asks the chain about a rejected payment, whatever the server says, and builds the caller's error. */
export async function paymentRejectionError(
  context: PaymentContext,
  delivery: Delivery,
  { status, reason }: PaymentRejection
): Promise<BursarError> {
  const { purchase, moneyState } = await delivery.learn()
  emitPurchase(context, purchase, { type: status === 402 || status === 409 ? 'refused' : 'failed', status })
  const { code, what } = wordsOf(status)
  return paymentError(code, purchase, { moneyState, what, status, reason })
}

function wordsOf(status: number) {
  if (status === 402)
    return { code: 'payment/refused', what: 'The server refused the payment with 402' } as const
  if (status === 409)
    return {
      code: 'payment/refused',
      what: 'The server has another payment of the same identifier, and refused this one with 409'
    } as const
  if (status >= 500)
    return {
      code: 'payment/failed',
      what: `The server failed with ${status} after the payment was sent`
    } as const
  return {
    code: 'payment/redirected',
    what: `The server answered the payment with a redirect (${status}), not followed`
  } as const
}
