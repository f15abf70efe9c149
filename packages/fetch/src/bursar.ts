import type { bursarParts, HistoryQuery, Purchase } from '@bursar/core'
import type { BursarFetch, BursarRequestInit } from './bursar-fetch.js'
import type { BursarEventType, BursarListener } from './events.js'
import type { Recovery } from './flow/recover.js'
import type { PayingParts } from './paying-parts.js'
import type { Quote } from './quote.js'
import type { Receipt } from './receipt.js'

/** Pays for what it fetches. Frozen, and each of its functions can be handed on by itself. */
export interface Bursar extends AsyncDisposable {
  /**
   * fetch, except that a 402 of x402's is paid, once, within the limits, with a record.
   * Bound: it can be handed on as it is.
   *
   * @throws {BursarError} `offer/*`, `request/*` (nothing was signed), `payment/*`, `receipt/contradicted` (see
   * `moneyState`), `ledger/*`, `rpc/unavailable`, `signer/failed`
   */
  readonly fetch: BursarFetch
  /** Reports the price of a call and what would reject it, and pays nothing. Sends the request, unpaid. */
  quote(input: string | URL | Request, init?: BursarRequestInit): Promise<Quote>
  /** The receipt of an answer that was paid for. */
  receiptOf(response: Response): Receipt | undefined
  /** Listens to the steps of every call; `'*'` for all. Returns what stops it. */
  on(type: BursarEventType | '*', listener: BursarListener): () => void
  /**
   * Asks the chain about every payment that is out and that no call waits for, and ends each as settled, dead, or
   * waiting with the time at which it will be known.
   */
  recover(): Promise<readonly Recovery[]>
  /** Every purchase whose authorization could still settle. @throws {BursarError} `ledger/unavailable` */
  outstanding(): Promise<readonly Purchase[]>
  /** What was bought, newest first, read as it is asked for. @throws {BursarError} `ledger/unavailable` */
  history(query?: HistoryQuery): AsyncIterable<Purchase>
  /** The purchase that a call gave a name. @throws {BursarError} `ledger/unavailable` */
  find(name: string): Promise<Purchase | undefined>
  /** Stops every payment of every process on this ledger, from the next reservation on, until {@link Bursar.thaw}. */
  freeze(reason: string): Promise<void>
  /** Lets payments go on. */
  thaw(): Promise<void>
  /** Lets connections and the ledger go. An answer that is still being read has a second to end. */
  close(): Promise<void>
  /** Of use to packages of ours alone, such as `bursar/katana`. */
  readonly [bursarParts]: () => PayingParts
}
