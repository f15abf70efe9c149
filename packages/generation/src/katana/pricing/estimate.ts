import { formatUsdc, type JsonObject } from '@bursar/core'
import { highestOf } from '../../shared/metering/price.js'
import type { Catalogue, TextModel } from '../catalogue/model.js'
import { type ChatBody, chatParts } from '../chat-body.js'
import { formatCredits } from './credits.js'
import { LEAST_RESERVE_TENTHS, roundUp } from './text-price.js'

/** What the catalogue says that a request costs. What is held before a call billed to a key is more: an upper bound. */
export interface Estimate {
  /** Decimal credits. */
  readonly credits: string
  readonly creditsTenths: bigint
  /** Decimal USD by the reference price, without the gas that an x402 offer adds. */
  readonly usd: string
  /** `1_000_000n = 1 USD`. */
  readonly usdAtomic: bigint
  /**
   * `listed`: the price of the catalogue. `reserve`: what Katana reserves for text; with an account or a wallet balance
   * what is not used comes back. `assumed`: the price for fast, for UHD, or above a model's step in tokens is not
   * published, so the normal one is given.
   */
  readonly basis: 'listed' | 'reserve' | 'assumed'
}

/** What an estimate reads of an item. */
type PricedItem =
  | { readonly type: 'image'; readonly model: string; readonly isFast?: boolean; readonly isUhd?: boolean }
  | { readonly type: 'video'; readonly model: string; readonly durationSeconds: number }

/**
 * Adds up the prices of items (Katana 106 and 132).
 *
 * @returns `undefined` when the catalogue lists no price for one of them.
 */
export function estimateItems(items: readonly PricedItem[], catalogue: Catalogue): Estimate | undefined {
  let sum = 0n
  for (const item of items) {
    const tenths = listedTenths(item, catalogue)
    if (tenths === undefined) return undefined
    sum += tenths
  }
  const isAssumed = items.some((item) => item.type === 'image' && (item.isFast || item.isUhd))
  return estimateOf(sum, catalogue, isAssumed ? 'assumed' : 'listed')
}

function listedTenths(item: PricedItem, { images, videos }: Catalogue): bigint | undefined {
  if (item.type === 'image') return images.find(({ name }) => name === item.model)?.costTenths
  return videos.find(({ name }) => name === item.model)?.costsTenths.get(item.durationSeconds)
}

/** Katana 76. */
const DEFAULT_OUTPUT_TOKENS = 16_000
/** Rough measures: Katana does not say how it counts before the model has. */
const CHARACTERS_PER_TOKEN = 4
const TOKENS_PER_ATTACHMENT = 1000

/**
 * Estimates the reserve of a chat (Katana 76 to 78): its input, and all the output that it allows.
 *
 * @returns `undefined` when the catalogue lists no price for the model.
 */
export function estimateChat(body: ChatBody, catalogue: Catalogue): Estimate | undefined {
  const model = catalogue.texts.find(({ name }) => name === body.model)
  if (!model?.costsTenths) return undefined
  const input = inputTokensOf(body)
  const output = outputTokensOf(body, model)
  const { costsTenths, dearerAboveTokens = Number.POSITIVE_INFINITY } = model
  const tenths = roundUp(BigInt(input) * costsTenths.input + BigInt(output) * costsTenths.output)
  return estimateOf(
    highestOf(tenths, LEAST_RESERVE_TENTHS),
    catalogue,
    input + output > dearerAboveTokens ? 'assumed' : 'reserve'
  )
}

function inputTokensOf(body: ChatBody): number {
  const { characters, parts } = chatParts(body)
  return Math.ceil(characters / CHARACTERS_PER_TOKEN) + parts.length * TOKENS_PER_ATTACHMENT
}

function outputTokensOf(body: ChatBody, model: TextModel): number {
  const limit = body.max_completion_tokens ?? body.max_tokens
  if (typeof limit === 'number' && Number.isSafeInteger(limit) && limit > 0) return limit
  return defaultOutputTokens(model)
}

/** The tokens that Katana limits an answer to when its request sets no limit (Katana 76). */
function defaultOutputTokens({ maxOutputTokens = DEFAULT_OUTPUT_TOKENS }: Partial<TextModel>): number {
  return Math.min(DEFAULT_OUTPUT_TOKENS, maxOutputTokens)
}

/** The same by what is requested. */
export function outputLimitFor({ texts }: Pick<Catalogue, 'texts'>): (body: JsonObject) => number {
  return ({ model }) => defaultOutputTokens(texts.find(({ name }) => name === model) ?? {})
}

function estimateOf(creditsTenths: bigint, catalogue: Catalogue, basis: Estimate['basis']): Estimate {
  const usdAtomic = creditsTenths * catalogue.atomicUsdPerTenth
  return {
    credits: formatCredits(creditsTenths),
    creditsTenths,
    usd: formatUsdc(usdAtomic),
    usdAtomic,
    basis
  }
}
