import { bursarErrorOf, nearestName, parseUsdc } from '@bursar/core'
import { UsageError } from '../usage-error.js'

/** Limits on sums of USDC within a window of time. */
export const sumLimits = ['minute', 'hour', 'day', 'week', 'month', 'total'] as const
/** Every limit that an option takes. */
const limitNames = ['payment', ...sumLimits] as const

/** The name of a limit. */
export type LimitName = (typeof limitNames)[number]

/** Decimal USDC for each limit that is set. */
export type StoredLimits = { readonly [Name in LimitName]?: string }

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

function checkAmount(amount: string, name: string): string {
  try {
    parseUsdc(amount)
    return amount
  } catch (error) {
    const malformed = bursarErrorOf(error, 'amount/malformed')
    throw malformed ? new UsageError(`${name}: ${malformed.message}`, { cause: malformed }) : error
  }
}
