import { type JsonObject, parseUsdc } from '@bursar/core'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import catalogue from './catalogue.json' with { type: 'json' }

/** What a model costs: millionths of a dollar, by the million tokens, the call or the picture. */
export type RelayPrice =
  | { readonly unit: 'token'; readonly input: bigint; readonly output: bigint; readonly cacheRead?: bigint }
  | { readonly unit: 'call' | 'image'; readonly each: bigint }

/** What the documentation does not print, assumed: GPT's text models, and a call of Gemini Flash Image. */
const assumed: Readonly<Record<string, RelayPrice>> = {
  'gpt5.4-plus': { unit: 'token', input: parseUsdc('1.25'), output: parseUsdc('10') },
  'gpt-5.4-mini-plus': { unit: 'token', input: parseUsdc('0.25'), output: parseUsdc('2') },
  'gpt-5.3-codex-plus': { unit: 'token', input: parseUsdc('1.25'), output: parseUsdc('10') },
  'gpt-5.2-plus': { unit: 'token', input: parseUsdc('1'), output: parseUsdc('8') },
  'gemini-3.1-flash-image': { unit: 'call', each: parseUsdc('0.03') }
}

interface PrintedPrice {
  readonly unit: string
  readonly usd?: string
  readonly inputPer1M?: string
  readonly outputPer1M?: string
  readonly cacheReadPer1M?: string
}

const models: ReadonlyMap<string, { readonly family: string; readonly price: PrintedPrice | null }> = new Map(
  Object.entries(catalogue.models as Record<string, { family: string; price: PrintedPrice | null }>)
)

/** The names of what is sold. */
export const modelNames: readonly string[] = [...models.keys()]

/** The family of a model; `undefined` for one that no channel serves. */
export function familyOf(model: string): string | undefined {
  return models.get(model)?.family
}

/** Millionths of a dollar; `undefined` for models that cost by the second. */
export function priceOf(model: string): RelayPrice | undefined {
  const { unit = '', usd, inputPer1M, outputPer1M, cacheReadPer1M } = models.get(model)?.price ?? {}
  if (inputPer1M !== undefined && outputPer1M !== undefined) {
    const [input, output] = [parseUsdc(inputPer1M), parseUsdc(outputPer1M)]
    return {
      unit: 'token',
      input,
      output,
      ...(cacheReadPer1M ? { cacheRead: parseUsdc(cacheReadPer1M) } : {})
    }
  }
  if (usd === undefined) return assumed[model]
  return { unit: unit === 'image' ? 'image' : 'call', each: parseUsdc(usd) }
}

const MILLION = 1_000_000n
/** Millionths of a dollar that one unit of quota is: 500,000 are a dollar (OpenClaw 5). */
const QUOTA_UNIT = 2n

/** What tokens cost, rounded up to whole quota. */
export function tokenCost(price: RelayPrice, inputTokens: number, outputTokens: number): bigint {
  if (price.unit !== 'token') return price.each
  const millions = BigInt(inputTokens) * price.input + BigInt(outputTokens) * price.output
  const whole = MILLION * QUOTA_UNIT
  return ((millions + whole - 1n) / whole) * QUOTA_UNIT
}

const MICRO = 1_000_000

/** `GET /api/pricing` (OpenClaw 41). */
export function pricing(): HttpResponse {
  const data = modelNames.flatMap((name): JsonObject[] => {
    const price = priceOf(name)
    if (!price) return []
    const row = { model_name: name, enable_groups: ['default'], supported_endpoint_types: ['openai'] }
    if (price.unit !== 'token')
      return [{ ...row, quota_type: 1, model_price: Number(price.each) / MICRO, model_ratio: 0 }]
    const ratio = Number(price.input) / MICRO / 2
    const completion = Number(price.output) / Number(price.input)
    const cache = price.cacheRead === undefined ? 1 : Number(price.cacheRead) / Number(price.input)
    return [
      {
        ...row,
        quota_type: 0,
        model_price: 0,
        model_ratio: ratio,
        completion_ratio: completion,
        cache_ratio: cache,
        create_cache_ratio: 1.25
      }
    ]
  })
  return jsonResponse(200, {
    success: true,
    data,
    vendors: [],
    group_ratio: { default: 1 },
    usable_group: { default: 'default' },
    supported_endpoint: {},
    auto_groups: []
  })
}
