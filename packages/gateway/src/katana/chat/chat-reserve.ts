import { type CreditUnits, ceilToStep, parseCredits } from '../catalogue/credits.js'
import type { ChatSpec } from './chat-request.js'

const MILLION = 1_000_000n
const MINIMUM_RESERVE: CreditUnits = parseCredits('10')
const MINIMUM_CHARGE: CreditUnits = parseCredits('0.1')

/**
 * What is reserved before the model writes: the cost of the input and of the longest allowed output, rounded up to a
 * tenth of a credit, and at least ten credits (Katana 78, assumed). A direct payment pays all of it (Katana 51).
 */
export function reserveOf(spec: ChatSpec): CreditUnits {
  const credits = priceOf(spec, spec.maxOutputTokens * spec.answers)
  return credits > MINIMUM_RESERVE ? credits : MINIMUM_RESERVE
}

/** What was used, rounded up to a tenth of a credit, and at least a tenth (Katana 79). The tokens are of all answers. */
export function chargeOf(spec: ChatSpec, completionTokens: number): CreditUnits {
  const credits = priceOf(spec, completionTokens)
  return credits > MINIMUM_CHARGE ? credits : MINIMUM_CHARGE
}

/** As many tokens of output as cost more than the reserve, for a provider that reports more than was expected (Katana 80). */
export function tokensAboveReserve(spec: ChatSpec): number {
  const price = parseCredits(spec.model.creditsPer1M.output)
  return Number((reserveOf(spec) * MILLION) / price) + spec.maxOutputTokens
}

function priceOf({ model, inputTokens }: ChatSpec, outputTokens: number): CreditUnits {
  const input = BigInt(inputTokens) * parseCredits(model.creditsPer1M.input)
  const output = BigInt(outputTokens) * parseCredits(model.creditsPer1M.output)
  return ceilToStep((input + output + MILLION - 1n) / MILLION)
}
