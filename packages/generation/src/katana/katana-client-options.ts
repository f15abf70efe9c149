import type { AccountMeter, ClockOptions, RandomOptions } from '@bursar/core'
import type { Price } from '../shared/metering/price.js'
import type { FetchLike, ReceiptOf } from '../shared/service/operation.js'
import type { Billing } from './billing.js'
import type { Catalogue } from './catalogue/model.js'
import type { ApiKey } from './credentials.js'
import type { CallDescription } from './session.js'
import type { OnSubmitted } from './submission.js'

/** What a Katana client is made from. */
export interface KatanaClientOptions extends ClockOptions, RandomOptions {
  /**
   * Sends the requests that cost something; `bursar.fetch` pays for them. Default: the platform's fetch, which pays
   * nothing.
   *
   * @example { fetch: bursar.fetch }
   */
  readonly fetch?: FetchLike | undefined
  /**
   * Sends the requests that are free: the states of jobs, lists, downloads. Do not give `bursar.fetch`, which would
   * pay if the service asked for money. Default: the platform's fetch.
   *
   * @example { plainFetch: globalThis.fetch }
   */
  readonly plainFetch?: FetchLike | undefined
  /**
   * Reads the receipt of an answer, so that an error can say whether anything was paid. Default: an error cannot say
   * it.
   *
   * @example { receiptOf: bursar.receiptOf }
   */
  readonly receiptOf?: ReceiptOf | undefined
  /**
   * Where Katana is. Must be https; this machine may be http. Default: `https://kat.imgnai.com`.
   *
   * @example { baseUrl: gateway.url }
   */
  readonly baseUrl?: string | undefined
  /**
   * An account's key and secret, apart or as `key:secret`. Default: none.
   *
   * @example { apiKey: process.env.KATANA_API_KEY }
   */
  readonly apiKey?: ApiKey | undefined
  /**
   * Proves a prepaid balance: makes the value of `X-Sign-In-With-X` for one request. Default: nothing is paid from a
   * balance.
   *
   * @example { walletProof: async () => (await proofs.createProof()).headerFor(url).value }
   */
  readonly walletProof?: (() => string | Promise<string>) | undefined
  /**
   * Sends the requests that a prepaid balance pays for, with a proof of its own; in place of `walletProof`. Default:
   * `plainFetch`, with the proof of `walletProof`.
   *
   * @example { walletFetch: balance.fetch }
   */
  readonly walletFetch?: FetchLike | undefined
  /**
   * Says whether a text that was paid directly has no answer yet: `auto` then pays directly, which resumes it. It is given
   * the caller's signal. Default: none has.
   *
   * @example { isTextOwed: async () => false }
   */
  readonly isTextOwed?: ((signal?: AbortSignal) => Promise<boolean>) | undefined
  /**
   * Enters in the ledger what the key is billed, under the limits. Default: it is not counted.
   *
   * @example { meter: createAccountMeter({ ledger, limits: { payment: '0.25' } }) }
   */
  readonly meter?: AccountMeter | undefined
  /**
   * Enters in the ledger what a job actually cost, once Katana reports it. Default: the meter's `correct`.
   *
   * @example { correct: meter.correct }
   */
  readonly correct?: AccountMeter['correct'] | undefined
  /**
   * What models cost at most that are billed to the key and have no published price, by the public name: above a
   * step in tokens, fast, UHD, or not in the catalogue. Default: such a request is rejected with `price/unknown`.
   *
   * @example { prices: { 'grok-4-3': tokenPrice('2.50', '5') } }
   */
  readonly prices?: Readonly<Record<string, Price>> | undefined
  /**
   * Adds to the init of every call that costs something. Default: nothing is added.
   *
   * @example { describe: ({ model }) => ({ bursar: { labels: { model } } }) }
   */
  readonly describe?: ((call: CallDescription) => Readonly<Record<string, unknown>>) | undefined
  /**
   * Which path requests take: `direct`, `wallet`, `key` or `auto`. Default: `key` when there is a key, else `auto`.
   *
   * @example { billing: 'wallet' }
   */
  readonly billing?: Billing | undefined
  /**
   * Whether a request that Katana would reject is rejected before it is sent and paid. Default: `true`.
   *
   * @example { validate: false }
   */
  readonly validate?: boolean | undefined
  /**
   * The catalogue that requests are validated against. Default: the snapshot of this version.
   *
   * @example { catalogue: await katana.models.list() }
   */
  readonly catalogue?: Catalogue | undefined
  /**
   * Keeps the id of each job. It is awaited before the state of the job is first requested. Default: nothing is
   * called.
   *
   * @example { onSubmitted: ({ requestId }) => console.log(requestId) }
   */
  readonly onSubmitted?: OnSubmitted | undefined
}
