import type { AccountMeter, Clock, RandomBytes } from '@bursar/core'
import type { Price } from '../shared/metering/price.js'
import type { FetchLike, ReceiptOf } from '../shared/service/operation.js'
import type { Billing } from './billing.js'
import type { Catalogue } from './catalogue/model.js'
import type { ApiKey } from './credentials.js'
import type { CallDescription } from './session.js'
import type { OnSubmitted } from './submission.js'

/** What a Katana client is made from. */
export interface KatanaClientOptions {
  /** Sends what costs something: `bursar.fetch`, to have it paid. Default: the platform's, which pays nothing. */
  readonly fetch?: FetchLike | undefined
  /**
   * Sends what is free: the states of jobs, lists, downloads. Default: the platform's. Not `bursar.fetch`, which would
   * pay if the service asked money for them.
   */
  readonly plainFetch?: FetchLike | undefined
  /** `bursar.receiptOf`, by which failures can say whether anything was paid. */
  readonly receiptOf?: ReceiptOf | undefined
  /** Default `https://kat.imgnai.com`. Must be https; loopback may be http. */
  readonly baseUrl?: string | undefined
  /** An account's key and secret, apart or as `key:secret`. */
  readonly apiKey?: ApiKey | undefined
  /** Proves a prepaid balance: makes the value of `X-Sign-In-With-X` for one request. */
  readonly walletProof?: (() => string | Promise<string>) | undefined
  /** Sends what a prepaid balance pays for, with a proof of its own; in place of `walletProof`. */
  readonly walletFetch?: FetchLike | undefined
  /** Enters what the key is billed for in the ledger, under the limits. Absent: it is counted nowhere. */
  readonly meter?: AccountMeter | undefined
  /**
   * What models cost at most that are billed to the key and have no published price: above a step in tokens, fast, UHD,
   * or not in the catalogue. By the public name.
   *
   * @example
   * ```ts
   * const prices = { 'grok-4-3': tokenPrice('2.50', '5'), gen: { unit: 'image', each: parseUsdc('0.05') } }
   * ```
   */
  readonly prices?: Readonly<Record<string, Price>> | undefined
  /** Adds to the init of every call that costs something, such as `{ bursar: { labels } }`. */
  readonly describe?: ((call: CallDescription) => Readonly<Record<string, unknown>>) | undefined
  /** Which path requests take. Default: `key` when there is a key, else `auto`. */
  readonly billing?: Billing | undefined
  /** Whether what Katana would refuse is rejected before it is sent and paid. Default `true`. */
  readonly validate?: boolean | undefined
  /** What to validate against. Default: the snapshot of this version; `await katana.models.list()` is today's. */
  readonly catalogue?: Catalogue | undefined
  /** Keeps the id of each job. Awaited before the state of the job is first requested. */
  readonly onSubmitted?: OnSubmitted | undefined
  readonly clock?: Clock | undefined
  readonly random?: RandomBytes | undefined
}
