import { isJsonObject, type JsonValue } from '@bursar/core'
import { read } from '../../shared/wire/tolerant-schemas.js'
import { parseCredits } from '../pricing/credits.js'

const MAX_LENGTHS = 100

/** Credits as decimal text, or as a number that prints as such, in tenths. */
export const credits = read(tenthsOf)

/** Credits by length in seconds: an object, or a list, since the guide only speaks of keys. */
export const creditsBySeconds = read((value) => {
  const costs = new Map<number, bigint>()
  for (const [seconds, price] of entriesOf(value).slice(0, MAX_LENGTHS)) {
    const length = Number(seconds)
    const tenths = tenthsOf(price)
    if (Number.isInteger(length) && length > 0 && tenths !== undefined) costs.set(length, tenths)
  }
  return costs
})

function entriesOf(value: unknown): (readonly [seconds: unknown, price: unknown])[] {
  if (Array.isArray(value))
    return value.filter(isJsonObject).map(({ seconds, credits: price }) => [seconds, price] as const)
  return isJsonObject(value) ? Object.entries<JsonValue>(value) : []
}

/** Reads credits; `undefined` when they are malformed. */
export function tenthsOf(value: unknown): bigint | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && /^\d{1,12}(?:\.\d)?$/.test(text) ? parseCredits(text) : undefined
}
