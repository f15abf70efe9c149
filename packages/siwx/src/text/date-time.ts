const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

/**
 * Unix milliseconds of a date and time as sign-in texts write it, or nothing when it is none.
 *
 * @see RFC 3339, section 5.6
 */
export function parseDateTime(text: string): number | undefined {
  const ms = dateTime.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
}
