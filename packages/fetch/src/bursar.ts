import {
  bursarErrorOf,
  bursarParts,
  type Clock,
  createRegistry,
  formatUsdc,
  type HistoryQuery,
  type Ledger,
  overLimitError,
  type Purchase,
  type RandomBytes,
  type RegistryAdditions,
  systemClock,
  systemRandom
} from '@bursar/core'
import { platform } from '#platform'
import { createAccountMeter } from './account-meter.js'
import { type BursarEventType, type BursarListener, createEventHub } from './events.js'
import { askChain } from './flow/ask-chain.js'
import { billsElsewhere, checkRequest } from './flow/check-request.js'
import { judgeOffer, noneUsable } from './flow/choose-offer.js'
import { describe } from './flow/commit.js'
import type { Call, CallOptions, Desk, VerifyReceipt } from './flow/desk.js'
import { discover } from './flow/discover.js'
import { readChallenge } from './flow/read-challenge.js'
import type { Recovery } from './flow/recover.js'
import { run } from './flow/run.js'
import { createPayers, type PayerSource } from './payers.js'
import type { PayingParts } from './paying-parts.js'
import { type PolicyOptions, parsePolicy } from './policy/policy.js'
import type { Quote, SharedSteps } from './quote.js'
import { type Receipt, receiptOf } from './receipt.js'
import { captureRequest } from './request/capture-request.js'
import { parseTiming, type TimingOptions } from './settings.js'
import { type FetchLike, fetchTransport } from './transport/fetch-transport.js'
import type { Transport } from './transport/transport.js'

/** What a paying fetch is made from. */
export interface PayingFetchOptions extends PolicyOptions, TimingOptions {
  /** One per family of chains. */
  readonly payers: readonly PayerSource[]
  readonly ledger: Ledger
  /** Networks and assets beyond Circle's USDC. */
  readonly known?: RegistryAdditions
  /** Holds every receipt against the chain before its answer is handed over. Default: the server is believed. */
  readonly verifyReceipt?: VerifyReceipt
  /** Sends the requests. Default: undici in Node, the platform's fetch elsewhere. */
  readonly fetch?: FetchLike
  readonly clock?: Clock
  readonly random?: RandomBytes
}

/** What fetch takes, and what Bursar adds. */
export interface BursarRequestInit extends RequestInit {
  readonly bursar?: CallOptions
}

/** The signature of {@link Bursar.fetch}: that of the platform, so that SDKs take it. */
export type BursarFetch = (input: string | URL | Request, init?: BursarRequestInit) => Promise<Response>

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
  /** Tells the price of a call and what would refuse it, and pays nothing. Sends the request, unpaid. */
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

/**
 * Builds a fetch that pays. The `bursar` package's `createBursar` calls this with payers made from keys.
 *
 * @throws {TypeError} when `limits` is missing, or an option is out of range.
 * @throws {BursarError} `amount/malformed`
 */
export function createPayingFetch(options: PayingFetchOptions): Bursar {
  const hub = createEventHub(platform.diagnostics)
  const desk: Desk = {
    payerOf: createPayers(options.payers),
    ledger: options.ledger,
    registry: createRegistry(options.known),
    policy: parsePolicy(options),
    clock: options.clock ?? systemClock,
    random: options.random ?? systemRandom,
    sha256: platform.sha256,
    emit: hub.emit,
    settings: parseTiming(options),
    verify: options.verifyReceipt,
    unended: unendedOf(options.ledger)
  }
  const transport = options.fetch ? fetchTransport(options.fetch) : platform.createTransport()
  const { payerOf, ledger, clock, random } = desk
  const close = async (): Promise<void> => {
    await transport.close?.()
    await ledger.close()
  }
  return Object.freeze<Bursar>({
    async fetch(input, init = {}) {
      const url = typeof input === 'object' && 'url' in input ? input.url : String(input)
      // data:, blob: and file: are the platform's own business and never cost anything.
      if (/^(?!https?:)[a-z][a-z\d+.-]*:/i.test(url)) return globalThis.fetch(input, init)
      return run(desk, await callOf(desk, transport, input, init))
    },
    async quote(input, init = {}) {
      const { quote } = await import('./quote.js')
      return quote(desk, await callOf(desk, transport, input, init), sharedSteps)
    },
    receiptOf,
    on: hub.on,
    recover: async () => (await import('./flow/recover.js')).recover(desk, askChain),
    outstanding: () => ledger.outstanding(),
    history: (query) => ledger.history(query),
    find: (name) => ledger.find(name),
    freeze: (reason) => ledger.freeze(reason),
    thaw: () => ledger.freeze(undefined),
    close,
    [Symbol.asyncDispose]: close,
    [bursarParts]: () => ({
      payerOf,
      ledger,
      clock,
      random,
      createAccountMeter: () => createAccountMeter({ ...options, clock, random }),
      sendThrough: async (via, url, init) => run(desk, await callOf(desk, via, url, init))
    })
  })
}

/** Bursars that share a ledger share what has ended and may still be open in it. */
const unended = new WeakMap<Ledger, Set<string>>()

function unendedOf(ledger: Ledger): Set<string> {
  const ids = unended.get(ledger) ?? new Set()
  unended.set(ledger, ids)
  return ids
}

const sharedSteps: SharedSteps = {
  discover,
  readChallenge,
  billsElsewhere,
  checkRequest,
  judgeOffer,
  noneUsable,
  describe,
  formatUsdc,
  bursarErrorOf,
  overLimitError
}

async function callOf(
  desk: Desk,
  transport: Transport,
  input: string | URL | Request,
  init: BursarRequestInit
): Promise<Call> {
  const { maxStreamBytes } = desk.settings
  const request = await captureRequest(input, init, { maxStreamBytes, sha256: desk.sha256 })
  request.signal?.throwIfAborted()
  return { request, options: init.bursar ?? {}, transport }
}
