import {
  checkAddress,
  checkFunction,
  checkNetworkId,
  listOf,
  listOr,
  type NetworkId,
  type OptionCheck,
  type OptionChecks,
  optionsOf
} from '@bursar/core'
import { checkHostName } from './host.js'
import { type Limits, limitsChecks } from './limits.js'
import type { Preference } from './order-offers.js'

/** Who may be paid, on which networks and in which assets. An absent field restricts nothing. */
export interface Allowances {
  /**
   * Hosts, with their port if any. They may also be paid when a redirect leads to them from another origin. Default:
   * any host that the caller requests.
   *
   * @example { hosts: ['kat.imgnai.com', '*.example.com', '127.0.0.1:8402'] }
   */
  readonly hosts?: readonly string[] | undefined
  /**
   * CAIP-2 ids, or `'testnet'` for every network whose money is worth nothing. Default: every network that there is a payer
   * for.
   *
   * @example { networks: ['eip155:8453'] }
   */
  readonly networks?: readonly NetworkId[] | 'testnet' | undefined
  /** Token addresses. Default: every known one. @example { assets: ['0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'] } */
  readonly assets?: readonly string[] | undefined
  /**
   * Recipient addresses. `'pin'`: a host keeps the payee of its first payment on a network, as far as the ledger
   * remembers. Where a host leads to another, the payee of each holds. Default: any.
   *
   * @example { payees: 'pin' }
   */
  readonly payees?: readonly string[] | 'pin' | undefined
}

/** What `confirm` is asked about: one payment that passes every other check. */
export interface PaymentProposal {
  readonly method: string
  /** The host that is paid. */
  readonly host: string
  /** The host that the caller requested, when a redirect led from it to `host`. */
  readonly requestedHost?: string | undefined
  readonly path: string
  /** Decimal, in the asset's own unit, such as `0.013938`. */
  readonly amount: string
  /** Set where that is the most, and the server takes what its answer did cost (the scheme `upto`). */
  readonly isMost?: true | undefined
  /** Of the asset, such as `USDC`. */
  readonly symbol: string
  /** What it counts as against the limits: decimal dollars. */
  readonly cost: string
  /** Whether it is money of a test network, which is worth nothing. */
  readonly isTest?: true | undefined
  /**
   * What the same host and path last cost, in decimal dollars, if prices are watched. Where a redirect led elsewhere, the
   * lower of what both places last cost.
   */
  readonly usual?: string | undefined
  readonly network: NetworkId
  readonly asset: string
  readonly payTo: string
  /** Whether the server takes the money before it begins, and keeps it when it fails. */
  readonly chargesFirst?: true | undefined
}

/** How long `confirm` may ask. */
export interface ConfirmOptions {
  /**
   * Aborted when the call was: nobody waits for the answer any more, so that a question can be taken back. Default: the call
   * has no signal.
   *
   * @example { confirm: async ({ host }, { signal }) => (await answerTo(`Pay ${host}?`, signal)) === 'yes' }
   */
  readonly signal?: AbortSignal | undefined
}

/** What the user allows and prefers. */
export interface PolicyOptions {
  /** What may be spent. Required. @example { limits: { payment: '0.25', day: '5.00' } } */
  readonly limits: Limits
  /**
   * Who may be paid, on which networks and in which assets. Default: no restriction. @example { allow: { payees: 'pin'
   * } }
   */
  readonly allow?: Allowances | undefined
  /**
   * Networks in the order of preference, CAIP-2 ids, or `'cheapest'`. Networks whose money is worth nothing come last, unless
   * they are named. Default: the server's order.
   *
   * @example { prefer: ['eip155:8453'] }
   */
  readonly prefer?: Preference | undefined
  /**
   * Rejects an offer that costs more than this many times what the same host and path last cost, as far as the ledger
   * remembers; 1 or more. Where a redirect led elsewhere, the price of each place holds. With a `confirm`, the user
   * decides instead and sees the usual price. Default: prices are not watched.
   *
   * @example { maxPriceIncrease: 3 }
   */
  readonly maxPriceIncrease?: number | undefined
  /**
   * Called before each payment is reserved. Any result but `true` declines it. Its second argument has the signal of the call,
   * so that a question can be taken back. Default: no confirmation.
   *
   * @example { confirm: async ({ amount, host }) => (await answerTo(`Pay ${amount} to ${host}?`)) === 'yes' }
   */
  readonly confirm?:
    | ((proposal: PaymentProposal, options: ConfirmOptions) => boolean | Promise<boolean>)
    | undefined
  /**
   * Asked in each payment what holds now, in place of the options above: all of them, so that what it leaves out is not set. What
   * it throws stops the payment before anything is signed. Default: the options hold as long as the bursar lives.
   *
   * @example { currentPolicy: () => ({ limits: settings.limits }) }
   */
  readonly currentPolicy?: (() => GuardOptions) | undefined
}

/** What may change while a bursar lives. */
export interface GuardOptions extends Omit<PolicyOptions, 'currentPolicy'> {}

const checkFactor: OptionCheck = (value, path) => {
  if (typeof value !== 'number' || !(value >= 1)) throw new TypeError(`${path} must be 1 or more`)
}

/** Networks in order, or `'cheapest'`. */
export const checkPreference: OptionCheck = listOr(checkNetworkId, 'cheapest')

/** The option checks of {@link PolicyOptions}. */
export const policyChecks: OptionChecks<PolicyOptions> = {
  limits: optionsOf(limitsChecks),
  allow: optionsOf<Allowances>({
    hosts: listOf(checkHostName),
    networks: listOr(checkNetworkId, 'testnet'),
    assets: listOf(checkAddress),
    payees: listOr(checkAddress, 'pin')
  }),
  prefer: checkPreference,
  maxPriceIncrease: checkFactor,
  confirm: checkFunction,
  currentPolicy: checkFunction
}
