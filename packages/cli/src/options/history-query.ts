import type { HistoryQuery } from '@bursar/core'
import { UsageError } from '../usage-error.js'

/** Which purchases are read. */
export interface HistoryOptions {
  /** Days back. */
  readonly days?: number
  readonly host?: string
  /** Each as `name=value`. */
  readonly label?: readonly string[]
}

const DAY_MS = 86_400_000

/** Unix milliseconds of a time some days ago. */
export function daysAgo(days: number): number {
  return Date.now() - days * DAY_MS
}

/** @throws {UsageError} when a label is malformed. */
export function historyQuery({ days, host, label = [] }: HistoryOptions): HistoryQuery {
  return {
    ...(days === undefined ? {} : { fromMs: daysAgo(days) }),
    ...(host === undefined ? {} : { host }),
    ...(label.length === 0 ? {} : { labels: Object.fromEntries(label.map(parseLabel)) })
  }
}

function parseLabel(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`--label wants name=value, not "${text.slice(0, 40)}"`)
  return [text.slice(0, at), text.slice(at + 1)]
}
