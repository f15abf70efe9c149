import { parseUsdc } from '@bursar/core'
import catalogue from './catalogue.json' with { type: 'json' }

/** What a model costs in millionths of a dollar: per million tokens, per call or per image. */
export type RelayPrice =
  | { readonly unit: 'token'; readonly input: bigint; readonly output: bigint; readonly cacheRead?: bigint }
  | { readonly unit: 'call' | 'image'; readonly each: bigint }

/** Prices that the catalogue does not hold: GPT's text models are assumed, a call of Gemini Flash Image is documented. */
const assumedPrices: Readonly<Record<string, RelayPrice>> = {
  'gpt5.4-plus': { unit: 'token', input: parseUsdc('1.25'), output: parseUsdc('10') },
  'gpt-5.4-mini-plus': { unit: 'token', input: parseUsdc('0.25'), output: parseUsdc('2') },
  'gpt-5.3-codex-plus': { unit: 'token', input: parseUsdc('1.25'), output: parseUsdc('10') },
  'gpt-5.2-plus': { unit: 'token', input: parseUsdc('1'), output: parseUsdc('8') },
  'gemini-3.1-flash-image': { unit: 'call', each: parseUsdc('0.05') }
}

interface PrintedPrice {
  readonly unit: string
  readonly usd?: string
  readonly inputPer1M?: string
  readonly outputPer1M?: string
  readonly cacheReadPer1M?: string
}

interface CatalogueModel {
  readonly family: string
  readonly price: PrintedPrice | null
}

const models = new Map<string, CatalogueModel>(Object.entries(catalogue.models))

/** The names of all models. */
export const modelNames: readonly string[] = [...models.keys()]

/** The family of a model. Undefined when the model is not sold. */
export function familyOf(model: string): string | undefined {
  return models.get(model)?.family
}

/** The price of a model. Undefined for models that are priced by the second. */
export function priceOf(model: string): RelayPrice | undefined {
  const { unit, usd, inputPer1M, outputPer1M, cacheReadPer1M } = models.get(model)?.price ?? {}
  if (inputPer1M !== undefined && outputPer1M !== undefined) {
    const cacheRead = cacheReadPer1M === undefined ? {} : { cacheRead: parseUsdc(cacheReadPer1M) }
    return { unit: 'token', input: parseUsdc(inputPer1M), output: parseUsdc(outputPer1M), ...cacheRead }
  }
  if (usd === undefined) return assumedPrices[model]
  return { unit: unit === 'image' ? 'image' : 'call', each: parseUsdc(usd) }
}

const MILLION = 1_000_000n
/** One unit of quota in millionths of a dollar: 500,000 units are a dollar (OpenClaw 5). */
const QUOTA_UNIT = 2n

/** What tokens cost, rounded up to whole units of quota. */
export function tokenCost(price: RelayPrice, inputTokens: number, outputTokens: number): bigint {
  if (price.unit !== 'token') return price.each
  const product = BigInt(inputTokens) * price.input + BigInt(outputTokens) * price.output
  const divisor = MILLION * QUOTA_UNIT
  return ((product + divisor - 1n) / divisor) * QUOTA_UNIT
}
