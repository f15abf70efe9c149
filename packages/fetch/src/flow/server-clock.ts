import type { IncomingResponse } from '../transport/incoming-response.js'

/** Facilitators want a few seconds of validity; a `Date` header counts whole seconds and an answer takes its time. */
const MAX_DIFFERENCE_SECONDS = 5

/**
 * How far a server's clock is ahead of this machine's, in seconds; negative: behind it.
 *
 * @param nowMs this machine's time when the answer came.
 * @returns `undefined` where it is as good as the same, or the answer does not say.
 */
export function serverAheadSeconds(
  response: Pick<IncomingResponse, 'header'>,
  nowMs: number
): number | undefined {
  const date = response.header('date')
  const serverMs = date === undefined ? Number.NaN : Date.parse(date)
  // What a cache has kept has the date of its origin, and the seconds since.
  const age = response.header('age')
  const keptSeconds = age !== undefined && /^\d{1,9}$/.test(age) ? Number(age) : 0
  const seconds = Math.round((serverMs - nowMs) / 1000) + keptSeconds
  return Math.abs(seconds) > MAX_DIFFERENCE_SECONDS ? seconds : undefined
}
