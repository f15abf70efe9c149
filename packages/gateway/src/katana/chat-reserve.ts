import type { ChatSpec } from './chat-request.js'
import { type CreditUnits, ceilToStep, parseCredits } from './credits.js'

const MILLION = 1_000_000n
const MINIMUM: CreditUnits = parseCredits('10')

/**
 * Katana 78, assumed: what the input and the longest allowed output would cost, rounded up to a tenth of a
 * credit, and ten credits at least. Direct x402 charges all of it (Katana 51).
 */
export function reserveOf({ model, inputTokens, maxOutputTokens }: ChatSpec): CreditUnits {
  const input = BigInt(inputTokens) * parseCredits(model.creditsPer1M.input)
  const output = BigInt(maxOutputTokens) * parseCredits(model.creditsPer1M.output)
  const credits = ceilToStep((input + output + MILLION - 1n) / MILLION)
  return credits > MINIMUM ? credits : MINIMUM
}
