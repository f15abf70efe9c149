import type { BursarError } from '@bursar/core'
import { DISCARDED, type PaymentFacts, paymentError } from './payment-error.js'

const what = 'The call was aborted after its payment was signed'

/** The caller gave up after its payment was signed, and may have been sent. */
export function abortedError(
  purchase: PaymentFacts & { readonly state: string },
  signal: AbortSignal | undefined
): BursarError {
  const { state } = purchase
  const moneyState = state === 'settled' || state === 'sent' ? state : 'signed'
  return paymentError('payment/aborted', purchase, { moneyState, what, cause: signal?.reason })
}

/** The caller gave up after its payment was signed, and before anything was sent. */
export function discardedError(purchase: PaymentFacts, signal: AbortSignal | undefined): BursarError {
  return paymentError('payment/aborted', purchase, {
    moneyState: 'signed',
    what,
    advice: DISCARDED,
    cause: signal?.reason
  })
}
