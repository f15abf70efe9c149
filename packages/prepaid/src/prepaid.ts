import {
  type AtomicUsdc,
  BursarError,
  checkFunction,
  checkHttpUrl,
  checkNetworkId,
  checkObject,
  checkOptions,
  formatUsdc,
  type NetworkId,
  type OptionChecks,
  type PrepaidAccount,
  type Purchase,
  parseUsdc,
  partsOf,
  type ServiceBursar,
  type UsdcAmount,
  unchecked
} from '@bursar/core'
import { type BalanceFetch, createBalanceFetch } from './balance-fetch.js'
import type { PlainFetch, PrepaidContext } from './prepaid-context.js'
import { walletOf } from './prepaid-context.js'
import { readBalance, readMovements } from './read-account.js'
import type { Movement, PrepaidService } from './service.js'
import { isTopUpOf, type TopUp, topUp } from './top-up.js'
import { createTopUpByRule } from './top-up-by-rule.js'
import { ruleReader, type TopUpOption } from './top-up-rule.js'
import type { PrepaidWallet } from './wallet.js'

/** What a prepaid balance is made from. */
export interface PrepaidOptions {
  /** How the service's balance is read and topped up. @example { service } */
  readonly service: PrepaidService
  /** Where the service is. @example { baseUrl: 'https://kat.imgnai.com' } */
  readonly baseUrl: string
  /** The network on which top-ups are paid. @example { network: 'eip155:8453' } */
  readonly network: NetworkId
  /**
   * Proves the wallet that pays. `undefined` when the account cannot sign texts: then the balance can be topped up,
   * and neither read nor spent.
   *
   * @example { wallet: { network, address: async () => account.address, createProof: proofs.createProof } }
   */
  readonly wallet: PrepaidWallet | undefined
  /**
   * When and how far the balance may be topped up by itself; a function is asked before each top-up. Default: never.
   *
   * @example { topUp: { amount: '1.00', perDay: '5.00' } }
   */
  readonly topUp?: TopUpOption | undefined
  /**
   * Sends the requests that must never pay. Default: the platform's fetch.
   *
   * @example { plainFetch: (url, init) => fetch(url, init) }
   */
  readonly plainFetch?: PlainFetch | undefined
}

const prepaidChecks: OptionChecks<PrepaidOptions> = {
  service: checkObject,
  baseUrl: checkHttpUrl,
  network: checkNetworkId,
  wallet: checkObject,
  topUp: unchecked,
  plainFetch: checkFunction
}

/** A program in JavaScript may leave it out. @throws {TypeError} */
function assertGiven(options: PrepaidOptions): void {
  for (const name of ['service', 'baseUrl', 'network'] as const)
    if (options[name] === undefined) throw new TypeError(`${name} is required`)
}

/** A prepaid balance at one service, of one wallet on one network. */
export interface Prepaid extends PrepaidAccount {
  /** The proven wallet. @throws {BursarError} `signer/failed` when the account signs payments and no texts. */
  address(): Promise<string>
  /**
   * Puts USDC on the balance. Pays that amount and the service's gas, and nothing else.
   *
   * @throws {BursarError} as the paying fetch, `balance/credit-delayed`, `service/*`
   */
  topUp(amount: UsdcAmount): Promise<TopUp>
  /**
   * `1_000_000n = 1 USDC`.
   *
   * @param wallet default: the proven one. Services show it no other.
   * @throws {BursarError} `service/*`, `signer/failed`
   */
  balance(wallet?: string): Promise<AtomicUsdc>
  /** Every movement, newest first, page by page as it is read. @throws {BursarError} as `balance` */
  transactions(wallet?: string): AsyncIterable<Movement>
  /** Whether a movement is the credit of a top-up that the ledger has. */
  isCreditOf(movement: Movement, paid: Purchase): boolean
  /**
   * fetch, paid from the balance: carries a fresh proof, to the service alone. When the balance runs short it is topped
   * up as the rule says, once, and the call is sent again; a shortfall is never paid as the price of a call.
   *
   * @throws {BursarError} `balance/insufficient`, `balance/credit-delayed`, `proof/wrong-origin`, `service/*` and as `topUp`
   */
  readonly fetch: BalanceFetch
}

/**
 * Opens a prepaid balance that a bursar tops up.
 *
 * @example
 * ```ts
 * const balance = createPrepaid(bursar, { service, baseUrl, network: BASE, wallet })
 * await balance.topUp('1.00')
 * ```
 * @throws {BursarError} `amount/malformed`
 * @throws {TypeError} when an option is missing, unknown or malformed, the rule is out of range, or no limit allows its
 * top-ups.
 */
export function createPrepaid(bursar: ServiceBursar, options: PrepaidOptions): Prepaid {
  checkOptions(options, prepaidChecks)
  assertGiven(options)
  const { service, network } = options
  const parts = partsOf(bursar)
  const context = contextOf(bursar, options)
  const maxPayment = parts.maxPayment(new URL(context.origin).host)
  const rule = ruleReader(options.topUp, maxPayment)
  return Object.freeze<Prepaid>({
    service: service.name,
    origin: context.origin,
    network,
    address: async () => walletOf(context).address(),
    topUp: async (amount) => topUp(context, parseAmount(amount)),
    balance: (wallet) => readBalance(context, wallet),
    transactions: (wallet) => readMovements(context, wallet),
    isTopUp: (purchase) => isTopUpOf(context, purchase),
    isCreditOf: (movement, paid) => service.isCreditOf(movement, paid),
    fetch: createBalanceFetch(context, rule && { rule, replenish: createTopUpByRule(context, rule) })
  })
}

function contextOf(bursar: ServiceBursar, options: PrepaidOptions): PrepaidContext {
  const { service, network, wallet, plainFetch = platformFetch } = options
  const base = options.baseUrl.replace(/\/+$/, '')
  return {
    service,
    base,
    origin: new URL(base).origin,
    network,
    wallet,
    plainFetch,
    receiptOf: bursar.receiptOf,
    shownCredits: new Set(),
    parts: partsOf(bursar)
  }
}

const platformFetch: PlainFetch = (url, init) => globalThis.fetch(url, init)

/** @throws {BursarError} `amount/malformed` */
function parseAmount(amount: UsdcAmount): AtomicUsdc {
  const parsed = parseUsdc(amount)
  if (parsed > 0n) return parsed
  throw new BursarError('amount/malformed', {
    message: `A top-up of ${formatUsdc(parsed)} USDC brings nothing.`,
    context: { text: formatUsdc(parsed), reason: 'it is zero' },
    moneyState: 'none'
  })
}
