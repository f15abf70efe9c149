import type { BursarError } from '@bursar/core'
import { type PaymentFacts, paymentError } from './payment-error.js'

/** The caller gave up after its payment was signed. */
export function abortedError(
  purchase: PaymentFacts & { readonly state: string },
  signal: AbortSignal | undefined
): BursarError {
  const { state } = purchase
  return paymentError('payment/aborted', purchase, {
    moneyState: state === 'settled' || state === 'sent' ? state : 'signed',
    what: 'The call was aborted after its payment was signed',
    cause: signal?.reason
  })
}
