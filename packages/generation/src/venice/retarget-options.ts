import type { JsonObject } from '@bursar/core'

/** A request as a script for Venice makes it. */
export interface VeniceRequest {
  readonly method: string
  readonly url: URL
  /** By name in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body?: JsonObject
}

/** What a retargeted script needs to know about Katana. */
export interface RetargetOptions {
  /**
   * Katana's names by Venice's names for models. Default: every name goes through as it is.
   *
   * @example { models: { 'kimi-k2-5': 'qwen3-6-flash' } }
   */
  readonly models?: Readonly<Record<string, string>> | undefined
  /**
   * Decimal USDC of a top-up, since Venice's request has no amount. Default: `5.00`, Venice's least.
   *
   * @example { topUp: '10.00' }
   */
  readonly topUp?: string | undefined
}

/** The same request for Katana. */
export interface KatanaRequest {
  readonly method: string
  /** From the origin on. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: JsonObject
  /** Whether it is paid from a prepaid balance, with a proof for Katana: Venice's is of no use. */
  readonly provesWallet: boolean
  /** Turns what Katana answers into what the script expects. */
  answer(body: JsonObject): JsonObject
}
