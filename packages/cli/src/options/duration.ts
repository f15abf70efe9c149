import { InvalidArgumentError } from 'commander'

const units = { s: 1_000, m: 60_000, h: 3_600_000 } as const
const MAX_MS = 24 * units.h

/** Reads `90s`, `15m` or `8h`, up to a day, in milliseconds. */
export function parseDuration(text: string): number {
  const [, count = '', unit] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? []
  const ms = unit === 's' || unit === 'm' || unit === 'h' ? Number(count) * units[unit] : 0
  if (ms > 0 && ms <= MAX_MS) return ms
  throw new InvalidArgumentError('A time is such as 90s, 15m or 8h, up to 24h.')
}
