import type { Offer, PaymentTerms } from '@bursar/core'

/** Below this a server has no time to verify and settle; facilitators want six seconds left. */
const MIN_SECONDS = 10

/** What an authorization lives longer by: what a wallet took to sign, and what this machine's clock is behind the server's. */
type Additions = Pick<PaymentTerms, 'signingSeconds' | 'serverAheadSeconds'>

/**
 * How long an authorization lives: as long as the server asks, at least ten seconds, and never longer than
 * the user allows. A server that asks for a year gets the user's maximum.
 *
 * @param offer its `maxTimeoutSeconds` may be any number.
 */
export function validitySeconds(
  { maxTimeoutSeconds }: Pick<Offer, 'maxTimeoutSeconds'>,
  { signingSeconds = 0, serverAheadSeconds = 0 }: Additions,
  maxSeconds: number
): number {
  const offeredSeconds = maxTimeoutSeconds + signingSeconds + Math.max(serverAheadSeconds, 0)
  const wanted = Number.isFinite(offeredSeconds) ? Math.ceil(offeredSeconds) : maxSeconds
  return Math.min(Math.max(wanted, MIN_SECONDS), maxSeconds)
}
