import { parseUsdc } from '@bursar/core'
import { type Price, tokenPrice } from '../../shared/metering/price.js'

/** Prices as the documentation printed them in 2026. What the service lists today goes before them. */
const each = (unit: 'call' | 'image', usd: string): Price => ({ unit, each: parseUsdc(usd) })
/** Tokens read from a cache cost a tenth of others, and tokens written to one five quarters (OpenClaw 40). */
const claude = (input: string, output: string, [read, write]: readonly [string, string]): Price =>
  tokenPrice(input, output, { read, write })

/** @see OpenClaw Token's documentation, "Models & Pricing" */
export const printedPrices: ReadonlyMap<string, Price> = new Map([
  ['claude-opus-4-7', claude('0.90', '4.50', ['0.09', '1.125'])],
  ['claude-opus-4-6', claude('0.90', '4.50', ['0.09', '1.125'])],
  ['claude-sonnet-4-6', claude('0.52', '2.60', ['0.052', '0.65'])],
  ['claude-haiku-4-5-20251001', claude('0.18', '0.90', ['0.018', '0.225'])],
  ['gemini-3-flash-preview', tokenPrice('0.40', '2.40')],
  ['gemini-3.1-flash-lite-preview', tokenPrice('0.20', '1.20')],
  ['gemini-3-pro-preview', tokenPrice('1.60', '9.60')],
  ['gemini-3.1-pro-preview', tokenPrice('1.60', '9.60')],
  ['gemini-3.1-flash-image', each('call', '0.05')],
  ['gemini-3.1-flash-image-preview', tokenPrice('0.25', '40')],
  ['gpt-image-1.5-vvip', tokenPrice('5', '32')],
  ['gpt-image-1-vvip', tokenPrice('5', '40')],
  ['gpt-image-2', each('call', '0.01')],
  ['gpt-image-2-vip', each('call', '0.02')],
  ['wan2.6-t2i', each('image', '0.02')],
  ['wan2.7-image', each('call', '0.027')],
  ['doubao-seedream-5-0-260128', each('call', '0.04')],
  ['doubao-seedream-4-5-251128', each('call', '0.04')],
  ['doubao-seedream-5-0-lite-260128', each('call', '0.04')],
  ['wan2.2-t2v-plus', each('call', '0.02')],
  ['wan2.2-i2v-plus', each('call', '0.02')],
  ['wan2.2-i2v-flash', each('call', '0.02')],
  ['wan2.5-t2v-preview', each('call', '0.04')],
  ['wan2.5-i2v-preview', each('call', '0.04')]
])

/** Models whose videos cost by the second, in dollars. */
export const videoRates: ReadonlyMap<string, VideoRates> = new Map([
  ['wan2.6-t2v', { '720P': '0.058', '1080P': '0.100' }],
  ['wan2.6-i2v', { '720P': '0.058', '1080P': '0.100' }],
  ['wan2.6-i2v-flash', { '720P': '0.0145', '1080P': '0.024', audioFactor: 2 }]
])

/** Dollars a second, and how many times that with audio (OpenClaw 35). */
export interface VideoRates {
  readonly '720P': string
  readonly '1080P': string
  readonly audioFactor?: number
}

/** Tokens of one image of gpt-image-1 and 1.5 (OpenClaw 18). */
export const imageTokens: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  low: { '1024x1024': 272, '1024x1536': 408, '1536x1024': 400 },
  medium: { '1024x1024': 1056, '1024x1536': 1584, '1536x1024': 1568 },
  high: { '1024x1024': 4160, '1024x1536': 6240, '1536x1024': 6208 }
}
