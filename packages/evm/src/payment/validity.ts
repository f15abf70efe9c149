/** Below this a server has no time to verify and settle; facilitators want six seconds left. */
const MIN_SECONDS = 10

/**
 * How long an authorization lives: as long as the server asks, at least ten seconds, and never longer than
 * the user allows. A server that asks for a year gets the user's maximum.
 *
 * @param offeredSeconds the offer's `maxTimeoutSeconds`, which may be any number.
 */
export function validitySeconds(offeredSeconds: number, maxSeconds: number): number {
  const wanted = Number.isFinite(offeredSeconds) ? Math.ceil(offeredSeconds) : maxSeconds
  return Math.min(Math.max(wanted, MIN_SECONDS), maxSeconds)
}
