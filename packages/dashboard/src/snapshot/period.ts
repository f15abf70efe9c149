/** Milliseconds of a day in UTC. */
export const DAY_MS = 86_400_000

/** How many days the page shows. */
const SHOWN_DAYS = 30
/** How many days are drawn at most, the newest of the period. */
const MAX_DAYS = 366

/** A time from a first to before a last moment, in Unix milliseconds. */
export interface Period {
  readonly fromMs: number
  readonly untilMs: number
}

/** The last thirty days in UTC, of which today is one. */
export function lastDays(nowMs: number): Period {
  return { fromMs: startOfDay(nowMs) - (SHOWN_DAYS - 1) * DAY_MS, untilMs: nowMs }
}

/** The days that a period touches, each with its beginning, oldest first. */
export function daysOf({ fromMs, untilMs }: Period): readonly number[] {
  const last = startOfDay(untilMs - 1)
  const first = Math.max(startOfDay(fromMs), last - (MAX_DAYS - 1) * DAY_MS)
  const count = Math.max(0, Math.round((last - first) / DAY_MS) + 1)
  return Array.from({ length: count }, (_, index) => first + index * DAY_MS)
}

/** Such as `2026-11-21`, in UTC. */
export function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}

function startOfDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS
}
