import type { bursarParts, HistoryQuery, Purchase } from '@bursar/core'
import type { BursarFetch, BursarRequestInit } from './bursar-fetch.js'
import type { BursarEventType, BursarListener } from './events.js'
import type { Recovery } from './flow/recover.js'
import type { PayOptions } from './pay.js'
import type { PayingParts } from './paying-parts.js'
import type { Quote } from './quote.js'
import type { Receipt } from './receipt.js'

/** Pays for what it fetches. Frozen; its functions need no `this`. */
export interface Bursar extends AsyncDisposable {
  /**
   * fetch, except that an x402 402 is paid: once, within the limits, with a record. It needs no `this` and can be
   * passed on.
   *
   * @throws {BursarError} `offer/*`, `request/*` (nothing was signed), `payment/*`, `receipt/contradicted` (see
   * `moneyState`), `ledger/*`, `rpc/unavailable`, `signer/failed`
   */
  readonly fetch: BursarFetch
  /**
   * Pays a challenge that came over another carrier than this fetch: with the same limits, record and recovery. `fetch` pays
   * in the same way.
   *
   * @param challenge the 402's JSON as object or text, or the text of its PAYMENT-REQUIRED header.
   * @returns what `send` returned.
   * @example
   * ```ts
   * const answer = await bursar.pay(challenge, {
   *   origin: 'https://api.example.com/report',
   *   send: ({ headers }) => myHttpClient.get('https://api.example.com/report', { headers })
   * })
   * ```
   * @throws {BursarError} as `fetch`, `challenge/malformed`, `header/malformed`
   */
  pay(challenge: string | object, call: PayOptions): Promise<Response>
  /**
   * Reports the price of a call and what would reject it, and pays nothing. Sends the request, unpaid.
   *
   * @throws {BursarError} `request/*`, `header/*`, `challenge/malformed`, `ledger/unavailable`
   */
  quote(input: string | URL | Request, init?: BursarRequestInit): Promise<Quote>
  /** The receipt of an answer that was paid for: a `Response`, or a tool's result (`@bursar/mcp/client`). */
  receiptOf(answer: object): Receipt | undefined
  /** Listens to one kind of event of every call, or with `'*'` to all. Returns a function that stops it. */
  on(type: BursarEventType | '*', listener: BursarListener): () => void
  /**
   * Asks the chain about every open payment that no call waits for, and reports each as settled, dead, or waiting with
   * the time at which its outcome will be known. No chain knows whether an account was billed for the call of a program that
   * was killed: that counts in full.
   *
   * @throws {BursarError} `ledger/unavailable`
   */
  recover(): Promise<readonly Recovery[]>
  /** Every purchase whose authorization could still settle, or whose account may still be billed. @throws {BursarError} `ledger/unavailable` */
  outstanding(): Promise<readonly Purchase[]>
  /** What was bought, newest first, read as it is asked for. @throws {BursarError} `ledger/unavailable` */
  history(query?: HistoryQuery): AsyncIterable<Purchase>
  /** The purchase that a call gave a name. @throws {BursarError} `ledger/unavailable` */
  find(name: string): Promise<Purchase | undefined>
  /** Stops new payments of every process on this ledger until {@link Bursar.thaw}. @throws {BursarError} `ledger/unavailable` */
  freeze(reason: string): Promise<void>
  /** Allows payments again. @throws {BursarError} `ledger/unavailable` */
  thaw(): Promise<void>
  /** Closes connections and the ledger. An answer that is still being read has one second to end. */
  close(): Promise<void>
  /** For packages of ours, such as `bursar/katana`. */
  readonly [bursarParts]: () => PayingParts
}
