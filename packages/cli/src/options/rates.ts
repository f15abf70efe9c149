import { checkOptions, checkRates, type Rates } from '@bursar/core'
import { InvalidArgumentError } from 'commander'
import type { Env } from '../io.js'
import { UsageError } from '../usage-error.js'

/** The words for `--rate`. */
export const rateHelp = 'dollars for one unit of a token, such as EURC=1.08; any number. Limits count by it'

/** Reads `EURC=1.08`, which may be given any number of times. */
export function collectRate(text: string, before: Rates = {}): Rates {
  try {
    return { ...before, ...parseRates(text) }
  } catch (error) {
    if (error instanceof TypeError) throw new InvalidArgumentError(error.message)
    throw error
  }
}

/** The rates of `BURSAR_RATES`, such as `EURC=1.08,XSGD=0.74`. @throws {UsageError} */
export function readRates({ BURSAR_RATES: text }: Env): Rates {
  if (!text) return {}
  try {
    return parseRates(text)
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`BURSAR_RATES: ${error.message}`, { cause: error })
    throw error
  }
}

/** @throws {TypeError} */
function parseRates(text: string): Rates {
  const rates = Object.fromEntries(text.split(',').map(parseRate))
  checkOptions({ rates }, { rates: checkRates })
  return rates
}

function parseRate(text: string): readonly [symbol: string, rate: string] {
  const [, symbol, rate] = /^\s*([^\s=]{1,32})=([^=]+?)\s*$/.exec(text) ?? []
  if (symbol !== undefined && rate !== undefined) return [symbol, rate]
  throw new TypeError(`A rate is SYMBOL=DOLLARS, such as EURC=1.08, not "${text.slice(0, 40)}"`)
}
