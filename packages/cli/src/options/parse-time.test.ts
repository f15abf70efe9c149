import { expect, it } from 'vitest'
import { parseTime } from './parse-time.js'

const utc = { timeZone: 'UTC', edge: 'start' } as const

it.each(['2026-02-28', '2024-02-29', '2026-11-21 14:05', '2026-11-21T14:05:00+02:00'])(
  '%s is a time',
  (text) => {
    expect(parseTime(text, utc)).toBeGreaterThan(0)
  }
)

it.each(['2026-02-30', '2026-02-29 10:00', '2026-11-31T00:00:00Z', '2026-13-01', '21.11.2026', 'now'])(
  '%s is none: it would be another day',
  (text) => {
    expect(() => parseTime(text, utc)).toThrow('A time is a date such as')
  }
)
