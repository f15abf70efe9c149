import type { Billing } from './billing.js'
import type { QueryOptions } from './query-options.js'

/** Options of one call that costs something. */
export interface CallOptions extends QueryOptions {
  /**
   * Which path the request takes: `direct`, `wallet`, `key` or `auto`. Default: the client's.
   *
   * @example { billing: 'wallet' }
   */
  readonly billing?: Billing | undefined
  /**
   * Whether a request that Katana would reject is rejected before it is sent. Default: the client's.
   *
   * @example { validate: false }
   */
  readonly validate?: boolean | undefined
  /**
   * Merged into the init that the fetch is given. Default: nothing.
   *
   * @example { fetchOptions: { bursar: { labels: { agent: 'research' } } } }
   */
  readonly fetchOptions?: Readonly<Record<string, unknown>> | undefined
}
