import { bursarErrorOf, isJsonObject, type JsonObject, nearestName, parseUsdc } from '@bursar/core'
import { UsageError } from '../usage-error.js'

/** Limits on sums of USDC within a window of time. */
export const sumLimits = ['minute', 'hour', 'day', 'week', 'month', 'total'] as const
/** Every limit of the file. */
export const limitNames = ['payment', ...sumLimits] as const

/** The name of a limit. */
export type LimitName = (typeof limitNames)[number]

/** Decimal USDC for each limit that is set. */
export type StoredLimits = { readonly [Name in LimitName]?: string }

/**
 * Reads the text of a limits file. Everything that is not plainly a limit is an error, never "no limit".
 *
 * @param path for the errors.
 * @throws {UsageError}
 */
export function parseLimits(text: string, path: string): StoredLimits {
  const limits = parseObject(text, path)
  assertDistinct(text, limits, path)
  return Object.fromEntries(Object.entries(limits).map(([name, amount]) => parseEntry(name, amount, path)))
}

/** Reads `day=5.00`. @throws {UsageError} */
export function parseLimit(text: string): readonly [LimitName, string] {
  const [, name = '', amount = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === '') throw new UsageError(`Write name=amount, such as day=5.00, not "${text.slice(0, 40)}"`)
  if (amount === '')
    throw new UsageError(`${name}= has no amount. bursar limits unset ${name} removes the limit`)
  return [limitName(name), checkAmount(amount, name)]
}

/** @throws {UsageError} when there is no such limit. */
export function limitName(text: string): LimitName {
  const name = limitNames.find((each) => each === text)
  if (name !== undefined) return name
  const shown = text.slice(0, 40)
  const nearest = nearestName(shown, limitNames)
  const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`
  throw new UsageError(`There is no limit "${shown}".${hint} The limits are ${limitNames.join(', ')}`)
}

function parseObject(text: string, path: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    if (isJsonObject(value)) return value
  } catch {
    // The error below says it.
  }
  throw damaged(path, 'it is not a JSON object')
}

/** `JSON.parse` takes the last of two members of one name. No value here can hold a colon behind a quote. */
function assertDistinct(text: string, limits: JsonObject, path: string): void {
  const members = text.match(/"(?:[^"\\]|\\.)*"\s*:/g) ?? []
  if (members.length !== Object.keys(limits).length) throw damaged(path, 'it sets a limit twice')
}

function parseEntry(name: string, amount: unknown, path: string): readonly [LimitName, string] {
  try {
    if (typeof amount === 'string') return [limitName(name), checkAmount(amount, name)]
  } catch (error) {
    if (error instanceof UsageError) throw damaged(path, error.message)
    throw error
  }
  throw damaged(path, `the amount of "${name.slice(0, 40)}" is not a text such as "5.00"`)
}

function checkAmount(amount: string, name: string): string {
  try {
    parseUsdc(amount)
    return amount
  } catch (error) {
    const malformed = bursarErrorOf(error, 'amount/malformed')
    throw malformed ? new UsageError(`${name}: ${malformed.message}`, { cause: malformed }) : error
  }
}

function damaged(path: string, reason: string): UsageError {
  return new UsageError(`${path} is damaged: ${reason}. Nothing is paid until it is repaired or removed`)
}
