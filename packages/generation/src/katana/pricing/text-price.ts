import { highestOf } from '../../shared/metering/price.js'
import type { PricedRequest } from '../../shared/metering/priced-request.js'
import { tokenBound } from '../../shared/metering/token-bound.js'
import type { TextModel } from '../catalogue/model.js'

/** What a chat can cost at most, in tenths of a credit. */
export interface TextBound {
  readonly tenths: bigint
  /** A number of tokens that the chat may pass, above which the price is higher and not published. */
  readonly passes?: number
}

/** Katana 77: ten credits, which are kept as well when a provider reports no usage (Katana 84). */
export const LEAST_RESERVE_TENTHS = 100n

const MILLION = 1_000_000n

/**
 * Bounds a chat by the tokens that it can take.
 *
 * @returns `undefined` when the catalogue lists no price for the model.
 * @throws {BursarError} `request/invalid` when a limit or a number of answers is no whole number above 0.
 */
export function textBound(request: PricedRequest, model: TextModel): TextBound | undefined {
  const { costsTenths: costs, contextTokens, dearerAboveTokens } = model
  if (!costs) return undefined
  const tokens = tokenBound(request, contextTokens > 0 ? contextTokens : undefined)
  const { input, output, cacheRead = input, cacheWrite = input } = costs
  const highest = highestOf(input, cacheRead, cacheWrite)
  const tenths = roundUp(BigInt(tokens.input) * highest + BigInt(tokens.output) * output)
  const passes = dearerAboveTokens !== undefined && tokens.input + tokens.output > dearerAboveTokens
  return {
    tenths: highestOf(tenths, LEAST_RESERVE_TENTHS),
    ...(passes ? { passes: dearerAboveTokens } : {})
  }
}

/** From prices of a million tokens to whole tenths, as Katana charges (Katana 79). */
export function roundUp(tenthsMillions: bigint): bigint {
  return (tenthsMillions + MILLION - 1n) / MILLION
}
