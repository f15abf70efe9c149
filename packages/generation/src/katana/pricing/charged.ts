import type { AtomicUsdc, JsonObject } from '@bursar/core'
import { costOfTokens, highestOf, type Price } from '../../shared/metering/price.js'
import { usageOf } from '../../shared/metering/token-usage.js'
import { object } from '../../shared/wire/tolerant-schemas.js'
import type { TextModel } from '../catalogue/model.js'
import { credits } from '../wire/credits-fields.js'
import { usdc } from '../wire/prepaid.js'
import { atomicOfTenths, type KatanaPrices } from './katana-prices.js'
import { roundUp } from './text-price.js'

/** Katana 79. */
const LEAST_CHARGE_TENTHS = 1n

/** By what a chat is priced: the caller's own price, else the catalogue's. */
export interface ChatPrice {
  readonly known: KatanaPrices
  readonly own: Price | undefined
  readonly listed: TextModel | undefined
}

/** Katana 79 to 82: an account's usage is in credits, a balance's in USDC. */
const chargeSchema = object({
  usage: object({ imgnai: object({ credits_charged: credits, paid_usdc: usdc }) })
})

/**
 * What a chat was charged, as its answer says; else by the tokens that it reports, at the known price (Katana 79).
 *
 * @returns `undefined` when the answer reports neither.
 */
export function chargedFor(answers: readonly JsonObject[], price: ChatPrice): AtomicUsdc | undefined {
  return chargedIn(answers, price.known) ?? costOfUsage(answers, price)
}

/** By the last answer that says so. */
function chargedIn(answers: readonly JsonObject[], known: KatanaPrices): AtomicUsdc | undefined {
  const reported = answers.map((answer) => chargeSchema.parse(answer).usage.imgnai)
  const tenths = reported.findLast(({ credits_charged: each }) => each !== undefined)?.credits_charged
  if (tenths !== undefined) return atomicOfTenths(tenths, known)
  return reported.findLast(({ paid_usdc: each }) => each !== undefined)?.paid_usdc
}

function costOfUsage(
  answers: readonly JsonObject[],
  { known, own, listed }: ChatPrice
): AtomicUsdc | undefined {
  const usage = usageOf(answers)
  if (!usage) return undefined
  if (own) return own.unit === 'token' ? costOfTokens(own, usage) : own.each
  const { costsTenths: costs, dearerAboveTokens = Number.POSITIVE_INFINITY } = listed ?? {}
  const input = usage.input + usage.cacheRead + usage.cacheWrite
  if (!costs || input + usage.output > dearerAboveTokens) return undefined
  const { cacheRead = costs.input, cacheWrite = costs.input } = costs
  const cached = BigInt(usage.cacheRead) * cacheRead + BigInt(usage.cacheWrite) * cacheWrite
  const tenths = roundUp(BigInt(usage.input) * costs.input + cached + BigInt(usage.output) * costs.output)
  return atomicOfTenths(highestOf(tenths, LEAST_CHARGE_TENTHS), known)
}
