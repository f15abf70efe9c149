import { formatUsdc } from '@bursar/core'
import type { Catalogue, TextModel } from './catalogue/model.js'
import { type ChatBody, chatParts } from './chat-body.js'
import { formatCredits } from './credits.js'

/** What the catalogue says that a request costs. */
export interface Estimate {
  /** Decimal credits. */
  readonly credits: string
  readonly creditsTenths: bigint
  /** Decimal USD by the reference price, without the gas that an x402 offer adds. */
  readonly usd: string
  /** `1_000_000n = 1 USD`. */
  readonly usdAtomic: bigint
  /**
   * `listed`: the price of the catalogue. `reserve`: the most that text can cost; with an account or a wallet balance
   * what is not used comes back. `assumed`: the price for fast or UHD is not published, so the normal one is given.
   */
  readonly basis: 'listed' | 'reserve' | 'assumed'
}

/** What an estimate looks at. */
type Priced =
  | { readonly type: 'image'; readonly model: string; readonly isFast?: boolean; readonly isUhd?: boolean }
  | { readonly type: 'video'; readonly model: string; readonly durationSeconds: number }

/**
 * Adds up the prices of items (Katana 106 and 132).
 *
 * @returns `undefined` when the catalogue lists no price for one of them.
 */
export function estimateItems(items: readonly Priced[], catalogue: Catalogue): Estimate | undefined {
  let sum = 0n
  for (const item of items) {
    const tenths = priceOf(item, catalogue)
    if (tenths === undefined) return undefined
    sum += tenths
  }
  const isAssumed = items.some((item) => item.type === 'image' && (item.isFast || item.isUhd))
  return estimateOf(sum, catalogue, isAssumed ? 'assumed' : 'listed')
}

function priceOf(item: Priced, { images, videos }: Catalogue): bigint | undefined {
  if (item.type === 'image') return images.find(({ name }) => name === item.model)?.costTenths
  return videos.find(({ name }) => name === item.model)?.costsTenths.get(item.durationSeconds)
}

/** Katana 76. */
const DEFAULT_OUTPUT_TOKENS = 16_000
/** Katana 77: ten credits. */
const LEAST_RESERVE_TENTHS = 100n
/** Rough measures: Katana does not say how it counts before the model has. */
const CHARACTERS_PER_TOKEN = 4
const TOKENS_PER_ATTACHMENT = 1000
const MILLION = 1_000_000n

/**
 * Estimates the reserve of a chat (Katana 76 to 78): its input, and all the output that it allows.
 *
 * @returns `undefined` when the catalogue lists no price for the model.
 */
export function estimateChat(body: ChatBody, catalogue: Catalogue): Estimate | undefined {
  const model = catalogue.texts.find(({ name }) => name === body.model)
  if (!model?.costsTenths) return undefined
  const input = BigInt(inputTokensOf(body)) * model.costsTenths.input
  const output = BigInt(outputTokensOf(body, model)) * model.costsTenths.output
  const tenths = (input + output + MILLION - 1n) / MILLION
  return estimateOf(tenths > LEAST_RESERVE_TENTHS ? tenths : LEAST_RESERVE_TENTHS, catalogue, 'reserve')
}

function inputTokensOf(body: ChatBody): number {
  const { characters, parts } = chatParts(body)
  return Math.ceil(characters / CHARACTERS_PER_TOKEN) + parts.length * TOKENS_PER_ATTACHMENT
}

function outputTokensOf(
  { max_completion_tokens, max_tokens }: ChatBody,
  { maxOutputTokens }: TextModel
): number {
  const asked = max_completion_tokens ?? max_tokens
  if (typeof asked === 'number' && Number.isSafeInteger(asked) && asked > 0) return asked
  return Math.min(DEFAULT_OUTPUT_TOKENS, maxOutputTokens ?? DEFAULT_OUTPUT_TOKENS)
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
