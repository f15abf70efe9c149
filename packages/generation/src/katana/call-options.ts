import type { Billing } from './billing.js'

/** Options of one call that costs something. */
export interface CallOptions {
  /** Default: the client's. */
  readonly billing?: Billing | undefined
  /** Whether what Katana would refuse is rejected before it is sent. Default: the client's. */
  readonly validate?: boolean | undefined
  /** Merged into the init that the fetch is given, such as `{ bursar: { labels } }`. */
  readonly fetchOptions?: Readonly<Record<string, unknown>> | undefined
  readonly signal?: AbortSignal | undefined
}
