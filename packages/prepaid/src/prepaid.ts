import {
  type AtomicUsdc,
  BursarError,
  type Clock,
  formatUsdc,
  type Ledger,
  type NetworkId,
  type Purchase,
  parseUsdc,
  systemClock,
  type UsdcAmount
} from '@bursar/core'
import { createAutoTopUp } from './auto-top-up.js'
import { createDesk, type PayingFetch } from './desk.js'
import type { Movement, PrepaidService, WalletProver } from './service.js'
import { spender } from './spend.js'
import { TOP_UP_LABEL, type TopUp, topUp } from './top-up.js'
import { parseRule, type TopUpRule } from './top-up-rule.js'

/** What a prepaid balance is used with. */
export interface PrepaidOptions {
  readonly service: PrepaidService
  /** Where the service is, such as `https://kat.imgnai.com`. */
  readonly baseUrl: string
  /** Pays the top-ups: `bursar.fetch`. */
  readonly fetch: PayingFetch
  /** Sends what must not pay. Default: the platform's. */
  readonly plainFetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Proves the wallet that pays. */
  readonly prover: WalletProver
  /** Where the top-ups are written down, so that all processes know of each other's. */
  readonly ledger: Ledger
  /** When and how far the balance may be topped up without being asked. Default: never. */
  readonly topUp?: TopUpRule
  readonly clock?: Clock
}

/** A prepaid balance at one service, of one wallet on one network. */
export interface Prepaid {
  readonly network: NetworkId
  /** The proven wallet. */
  address(): Promise<string>
  /**
   * Puts USDC on the balance. What is paid is that and the service's gas, and nothing else is paid.
   *
   * @throws {BursarError} as the paying fetch, `balance/credit-delayed`, `service/*`
   */
  topUp(amount: UsdcAmount): Promise<TopUp>
  /**
   * `1_000_000n = 1 USDC`.
   *
   * @param wallet default: the proven one, and services show no other to it.
   * @throws {BursarError} `service/*`, `signer/failed`
   */
  balance(wallet?: string): Promise<AtomicUsdc>
  /** Every movement, newest first, page by page as it is read. @throws {BursarError} as `balance` */
  transactions(wallet?: string): AsyncIterable<Movement>
  /** Whether a purchase is a top-up of this balance. */
  isTopUp(purchase: Purchase): boolean
  /** Whether a movement is the credit of a top-up that the ledger has. */
  isCreditOf(movement: Movement, paid: Purchase): boolean
  /**
   * fetch, paid from the balance: carries a fresh proof, to the service alone. When the balance runs short it is topped
   * up as the rule says, once, and the call is sent again; a shortfall is never paid as the price of a call.
   *
   * @throws {BursarError} `balance/insufficient`, `balance/credit-delayed`, `proof/wrong-origin`, and as `topUp`
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
}

/**
 * Opens a prepaid balance.
 *
 * @throws {BursarError} `amount/malformed` @throws {TypeError} when the rule is out of range.
 */
export function createPrepaid(options: PrepaidOptions): Prepaid {
  const { clock = systemClock, plainFetch = (url, init) => globalThis.fetch(url, init) } = options
  const desk = createDesk({ ...options, clock, plainFetch })
  const rule = options.topUp && parseRule(options.topUp)
  const replenish = rule && createAutoTopUp(desk, rule)
  return {
    network: desk.prover.network,
    address: desk.address,
    topUp: (amount) => topUp(desk, parseAmount(amount)),
    balance: desk.balance,
    transactions: desk.movements,
    isTopUp: ({ labels, offer }) =>
      labels[TOP_UP_LABEL] === desk.origin && offer.network === desk.prover.network,
    isCreditOf: options.service.isCreditOf,
    fetch: spender(desk, rule, replenish)
  }
}

function parseAmount(amount: UsdcAmount): AtomicUsdc {
  const parsed = parseUsdc(amount)
  if (parsed > 0n) return parsed
  throw new BursarError('amount/malformed', {
    message: `A top-up of ${formatUsdc(parsed)} USDC is none.`,
    context: { text: formatUsdc(parsed), reason: 'it is zero' },
    moneyState: 'none'
  })
}
