import {
  type BursarParts,
  type bursarParts,
  checkFlag,
  checkFunction,
  checkHttpUrl,
  checkObject,
  checkStorableText,
  type OptionChecks,
  recordOf,
  unchecked,
  wholeNumberFrom
} from '@bursar/core'
import { checkTimeoutMs } from '../shared/job/watch-checks.js'
import type { Price } from '../shared/metering/price.js'
import type { FetchLike } from '../shared/service/operation.js'

/** A bursar, as far as a service needs it that bills an account: it enters what is billed, under its limits. */
export interface MeteringBursar {
  readonly [bursarParts]: () => MeteringParts
}

/** The parts of a bursar that such a service uses. */
export interface MeteringParts extends Pick<BursarParts, 'clock' | 'random' | 'createAccountMeter'> {
  readonly ledger: Pick<BursarParts['ledger'], 'find'>
}

/** What a client of a service that bills by key is made from. */
export interface RelayOptions {
  /**
   * The account's key. Never in a body, a URL, a log or an error. Required.
   *
   * @example { apiKey: process.env.OPENCLAW_API_KEY ?? '' }
   */
  readonly apiKey: string
  /**
   * Where the service lives. Must be https; this machine may be http. Default: the service's own address.
   *
   * @example { baseUrl: `${gateway.url}/relays/openclaw` }
   */
  readonly baseUrl?: string | undefined
  /**
   * Sends every request. Do not give `bursar.fetch`: nothing is paid per call. Default: the platform's fetch.
   *
   * @example { fetch: globalThis.fetch }
   */
  readonly fetch?: FetchLike | undefined
  /**
   * Kept with every call in the ledger, and what `limits.perLabel` counts by. Default: none.
   *
   * @example { labels: { agent: 'research' } }
   */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /**
   * What models cost that neither the service's list nor this version's snapshot knows. Default: a request for such a
   * model is rejected with `price/unknown`.
   *
   * @example { prices: { 'gpt-5-5': tokenPrice('1.25', '10.00') } }
   */
  readonly prices?: Readonly<Record<string, Price>> | undefined
  /**
   * Tokens that an answer is limited to when its request for text sets no limit. Default: 16_384.
   *
   * @example { maxOutputTokens: 4096 }
   */
  readonly maxOutputTokens?: number | undefined
  /**
   * Whether what the service would reject is rejected before it is sent. Default: `true`.
   *
   * @example { validate: false }
   */
  readonly validate?: boolean | undefined
}

/** The options of {@link RelayOptions}. The key is checked where it is read, without showing it. */
export const relayChecks: OptionChecks<RelayOptions> = {
  apiKey: unchecked,
  baseUrl: checkHttpUrl,
  fetch: checkFunction,
  labels: recordOf(checkStorableText),
  prices: recordOf(checkObject),
  maxOutputTokens: wholeNumberFrom(1, 10_000_000),
  validate: checkFlag
}

/** Options of one call. */
export interface RelayCall {
  /**
   * Ends the call. Default: it ends after `timeoutMs`.
   *
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
  /**
   * The longest that the whole answer may take, in milliseconds. Default: 600_000; 60_000 for requests that are
   * free.
   *
   * @example { timeoutMs: 120_000 }
   */
  readonly timeoutMs?: number | undefined
  /**
   * Merged into the init that the fetch is given. Default: nothing.
   *
   * @example { fetchOptions: { bursar: { labels: { agent: 'research' } } } }
   */
  readonly fetchOptions?: Readonly<Record<string, unknown>> | undefined
}

/** The options of {@link RelayCall}. */
export const callChecks: OptionChecks<RelayCall> = {
  signal: checkObject,
  timeoutMs: checkTimeoutMs,
  fetchOptions: checkObject
}
