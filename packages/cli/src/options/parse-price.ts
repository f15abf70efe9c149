import { parseUsdc } from '@bursar/core'
import { type Price, tokenPrice } from '@bursar/generation/openclaw'
import { UsageError } from '../usage-error.js'

const amount = '\\d{1,9}(?:\\.\\d{1,6})?'
const shape = new RegExp(`^(.{1,120})=(${amount})(?:,(${amount}))?$`)

/**
 * Reads what a model costs: `openai/gpt-4.1=2.00,8.00` for a million tokens, in and out, or `a-model=0.05` for a call.
 *
 * @throws {UsageError}
 */
export function parsePrice(text: string): readonly [model: string, price: Price] {
  const [, model, first, second] = shape.exec(text) ?? []
  if (model === undefined || first === undefined)
    throw new UsageError(`--price is MODEL=IN,OUT or MODEL=EACH, in dollars, not "${text.slice(0, 80)}"`)
  return [model, second === undefined ? { unit: 'call', each: parseUsdc(first) } : tokenPrice(first, second)]
}
