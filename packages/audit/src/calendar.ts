const DAY_MS = 86_400_000
/** Offsets from UTC are whole quarters of an hour, so that a quarter lies within one day. */
const QUARTER_MS = 900_000

/** Which day, week and month a moment is in. Each takes Unix milliseconds. */
export interface Calendar {
  /** Such as `2026-11-21`. */
  day(ms: number): string
  /** Such as `2026-W47`. @see ISO 8601 */
  week(ms: number): string
  /** Such as `2026-11`. */
  month(ms: number): string
}

/**
 * The calendar of a time zone.
 *
 * @param timeZone an IANA name, such as `Europe/Berlin`.
 * @throws {TypeError} when there is no such time zone.
 */
export function createCalendar(timeZone = 'UTC'): Calendar {
  const format = dayFormat(timeZone)
  let latest = { quarter: Number.NaN, day: '' }
  const day = (ms: number): string => {
    const quarter = Math.floor(ms / QUARTER_MS)
    // A history is in the order of time: most purchases are in the quarter of the one before.
    if (latest.quarter !== quarter) latest = { quarter, day: dayIn(format, quarter * QUARTER_MS) }
    return latest.day
  }
  return { day, week: (ms) => weekOf(day(ms)), month: (ms) => day(ms).slice(0, 7) }
}

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en', {
      timeZone,
      calendar: 'iso8601',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit'
    })
  } catch (cause) {
    throw new TypeError(`"${timeZone.slice(0, 40)}" is no time zone, such as Europe/Berlin`, { cause })
  }
}

function dayIn(format: Intl.DateTimeFormat, ms: number): string {
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]))
  return [parts.get('year'), parts.get('month'), parts.get('day')].join('-')
}

/** A week belongs to the year that has its Thursday. */
function weekOf(day: string): string {
  const dayMs = Date.parse(day)
  const fromMonday = (new Date(dayMs).getUTCDay() + 6) % 7
  const thursday = new Date(dayMs + (3 - fromMonday) * DAY_MS)
  const year = thursday.getUTCFullYear()
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS))
  return `${year}-W${String(week).padStart(2, '0')}`
}
