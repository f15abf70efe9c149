import { type TimeZoned, timeFormatter } from '../text/time-text.js'
import { UsageError } from '../usage-error.js'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

const date = /^\d{4}-\d{2}-\d{2}$/
const dateAndTime = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?$/

/** How a time is read. */
export interface TimeReading extends TimeZoned {
  /** Which end of a day a date alone means. */
  readonly edge: 'start' | 'end'
}

/**
 * Reads a date (`2026-11-21`), a date and time (`2026-11-21 14:05`), or a time with its zone (RFC 3339).
 *
 * @returns Unix milliseconds.
 * @throws {UsageError} when it is neither.
 */
export function parseTime(text: string, { timeZone, edge }: TimeReading): number {
  const isDate = date.test(text)
  const isLocal = isDate || dateAndTime.test(text)
  const ms = Date.parse(isLocal ? `${isDate ? `${text}T00:00` : text.replace(' ', 'T')}Z` : text)
  if (Number.isNaN(ms) || !isDay(text.slice(0, 10)))
    throw new UsageError(
      `A time is a date such as 2026-11-21, or "2026-11-21 14:05", not "${text.slice(0, 40)}"`
    )
  const wanted = isDate && edge === 'end' ? ms + DAY_MS : ms
  return isLocal ? inZone(wanted, timeZone) : wanted
}

/** The 30th of February would be read as the 2nd of March. */
function isDay(text: string): boolean {
  const ms = date.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** The moment at which the clocks of a zone show what UTC shows at `utcMs`. */
function inZone(utcMs: number, timeZone: string): number {
  const format = timeFormatter({ timeZone })
  const offsetAt = (ms: number): number =>
    Date.parse(`${format(ms).replace(' ', 'T')}Z`) - Math.floor(ms / MINUTE_MS) * MINUTE_MS
  // The offset at the guess may be that of the other side of a change of the clocks: the second look is right.
  return utcMs - offsetAt(utcMs - offsetAt(utcMs))
}
