import type { Challenge } from '@bursar/core'
import type { PricedCall } from './call.js'
import type { PaymentContext } from './payment-context.js'

/** Whether a 402 asks for a sign-in, beside its price or instead of one. @see x402 sign-in-with-x */
export function asksForSignIn({ extensions }: Challenge): boolean {
  return extensions?.['sign-in-with-x'] !== undefined
}

/** Whether this call may sign in, if the ledger knows that it has bought. */
export function canSignIn({ signIn, proofs }: PaymentContext, { challenge, options }: PricedCall): boolean {
  return proofs !== undefined && (options.signIn ?? signIn) !== false && asksForSignIn(challenge)
}
