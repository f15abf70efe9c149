import { BursarError, type Challenge } from '@bursar/core'
import { asksForSignIn } from './asks-for-sign-in.js'
import type { PricedCall } from './call.js'

/** Whether a server asks for a sign-in and no money. */
export function asksForSignInAlone(challenge: Challenge): boolean {
  const { offers, rejectedOffers } = challenge
  return offers.length === 0 && rejectedOffers.length === 0 && asksForSignIn(challenge)
}

/** The sign-in that a server asks for was not taken, or could not be made. Nothing was paid. */
export function signInRejected(
  { request }: PricedCall,
  status: number,
  reason = 'the server did not say why'
): BursarError<'proof/refused'> {
  const { host, origin } = request.url
  return new BursarError('proof/refused', {
    message: `${host} asks for a sign-in (sign-in-with-x), and it was not taken (${status}): ${reason}. Nothing was paid.`,
    context: { origin, status, reason },
    moneyState: 'none'
  })
}
