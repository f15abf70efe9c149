import { parseUsdc } from '@bursar/core'
import { InvalidArgumentError } from 'commander'
import { parseLimit, type StoredLimits } from '../limits/stored-limits.js'
import { UsageError } from '../usage-error.js'

const MAX_PORT = 65_535

/** Reads a port; 0 takes any free one. */
export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= MAX_PORT) return port
  throw new InvalidArgumentError(`A port is a number up to ${MAX_PORT}.`)
}

/** Reads a number of days. */
export function parseDays(text: string): number {
  const days = Number(text)
  if (/^\d{1,4}(?:\.\d{1,3})?$/.test(text) && days > 0) return days
  throw new InvalidArgumentError('Days are a number above zero.')
}

/** Reads a whole number from 1. */
export function parseCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a whole number from 1.')
}

/** Reads the number of a file descriptor. It stays text, as in the environment. */
export function parseDescriptor(text: string): string {
  if (/^\d{1,5}$/.test(text)) return text
  throw new InvalidArgumentError('A file descriptor is a number, such as 3 with 3<file.')
}

/** Reads an amount, in dollars or in USDC. It stays text: money is never a `number`. */
export function parseAmount(text: string): string {
  try {
    parseUsdc(text)
    return text
  } catch {
    throw new InvalidArgumentError('An amount is written as 0.25, with at most six decimals.')
  }
}

/** Reads `day=5.00`, which may be given any number of times. */
export function collectLimit(text: string, before: StoredLimits = {}): StoredLimits {
  try {
    const [name, amount] = parseLimit(text)
    return { ...before, [name]: amount }
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError(error.message)
    throw error
  }
}
