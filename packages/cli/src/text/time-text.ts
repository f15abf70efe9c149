import type { Cut } from './text-width.js'

/** How times are written: the time zone of the reader. */
export interface TimeZoned {
  /** An IANA name, such as `Europe/Berlin`. */
  readonly timeZone: string
}

const DATE_LENGTH = '2026-11-21'.length

/** Writes moments as `2026-11-21 14:05` in a time zone. */
export function timeFormatter({ timeZone }: TimeZoned): (ms: number) => string {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit'
  })
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]))
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
    return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`
  }
}

/** Where there is no room for the time of day, the date alone. */
export const cutToDate: Cut = (text, cells) => (text.length > cells ? text.slice(0, DATE_LENGTH) : text)

/** A time zone for the header of a column, such as `UTC` or `GMT+1`. */
export function zoneName({ timeZone }: TimeZoned): string {
  if (timeZone === 'UTC') return timeZone
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'short' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}
