/** A day; longer waits are not waited for. */
const MAX_SECONDS = 86_400

/** The seconds that Retry-After asks for, as a count or as a date. @see RFC 9110, section 10.2.3 */
export function retryAfterSeconds(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text), MAX_SECONDS)
  const ms = text.length < 64 ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) return undefined
  return Math.min(Math.max(0, Math.ceil((ms - nowMs) / 1000)), MAX_SECONDS)
}
