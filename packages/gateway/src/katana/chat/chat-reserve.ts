import { type CreditUnits, ceilToStep, parseCredits } from '../catalogue/credits.js'
import type { ChatSpec } from './chat-request.js'

const MILLION = 1_000_000n
const MINIMUM_RESERVE: CreditUnits = parseCredits('10')
const MINIMUM_CHARGE: CreditUnits = parseCredits('0.1')

/**
 * Katana 78, assumed: what the input and the longest allowed output would cost, rounded up to a tenth of a
 * credit, and ten credits at least. Direct x402 charges all of it (Katana 51).
 */
export function reserveOf(spec: ChatSpec): CreditUnits {
  const credits = priceOf(spec, spec.maxOutputTokens)
  return credits > MINIMUM_RESERVE ? credits : MINIMUM_RESERVE
}

/** Katana 79: by what the provider counted, rounded up to a tenth of a credit, and a tenth at least. */
export function chargeOf(spec: ChatSpec, completionTokens: number): CreditUnits {
  const credits = priceOf(spec, completionTokens)
  return credits > MINIMUM_CHARGE ? credits : MINIMUM_CHARGE
}

function priceOf({ model, inputTokens }: ChatSpec, outputTokens: number): CreditUnits {
  const input = BigInt(inputTokens) * parseCredits(model.creditsPer1M.input)
  const output = BigInt(outputTokens) * parseCredits(model.creditsPer1M.output)
  return ceilToStep((input + output + MILLION - 1n) / MILLION)
}
