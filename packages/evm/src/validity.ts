/** Below this a server has no time to verify and settle; facilitators want six seconds left. */
const LEAST_SECONDS = 10

/**
 * How long an authorization lives: as long as the server asks, at least ten seconds, and never longer than
 * the user allows. A server that asks for a year gets the user's maximum.
 */
export function validitySeconds(askedSeconds: number, maxSeconds: number): number {
  const asked = Number.isFinite(askedSeconds) ? Math.ceil(askedSeconds) : maxSeconds
  return Math.min(Math.max(asked, LEAST_SECONDS), maxSeconds)
}
