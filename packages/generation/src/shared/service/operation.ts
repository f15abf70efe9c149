import type { MoneyState } from '@bursar/core'

/** Any function that behaves like fetch: `bursar.fetch`, to have calls paid. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>

/** What the fetch knows about what an answer cost; `bursar.receiptOf` fits. */
export type ReceiptOf = (
  response: Response
) => { readonly moneyState: MoneyState; readonly purchase?: string } | undefined

/** One request to a service. */
export interface Operation {
  /** Such as `images.generate`. */
  readonly name: string
  readonly method: 'GET' | 'POST'
  /** From the base URL on, with a slash before and the query behind. */
  readonly path: string
  /** A form is sent as it is, everything else as JSON. */
  readonly body?: unknown
  /** Credentials. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * What a failure without an answer means for the money: `none` for what is free, `settled` for what asks about
   * something paid, `fetch` when the fetch pays and says so itself, `unknown` when an account or a balance is billed.
   */
  readonly money: 'none' | 'settled' | 'fetch' | 'unknown'
  /** Sends it instead of the connection's own. */
  readonly fetch?: FetchLike
  /** Of the job whose state is requested. */
  readonly requestId?: string
  readonly signal?: AbortSignal
  /** For headers and body together. Absent: none but the fetch's own. */
  readonly timeoutMs?: number
  /** Merged into the init that the fetch is given, such as `{ bursar: { labels } }`. */
  readonly fetchOptions?: Readonly<Record<string, unknown>>
}
