import type { AtomicUsdc } from '../amount/atomic.js'
import type { NetworkId } from '../network/network.js'
import type { JobNote, LedgerCallOptions } from './ledger.js'
import type { TokenCounts } from './purchase.js'

/** The network of purchases that an account is billed for: dollars, counted as USDC one to one. */
export const ACCOUNT: NetworkId = 'account:usd'

/** The network of purchases that a prepaid balance pays for, by that from which it was topped up: `balance:eip155:8453`. */
export function balanceNetwork(network: NetworkId): NetworkId {
  return `balance:${network}`
}

/** The network from which the balance was topped up that paid for a purchase; `undefined` where none did. */
export function toppedUpFrom(network: NetworkId): NetworkId | undefined {
  const [, from] = /^balance:(.+:.+)$/.exec(network) ?? []
  return from === undefined ? undefined : (from as NetworkId)
}

/** A call that an account or a prepaid balance at a service is about to be charged for. */
export interface AccountCall {
  readonly method: string
  readonly url: URL
  /** The most that it can cost. `1_000_000n = 1 USD` */
  readonly maxCost: AtomicUsdc
  readonly labels: Readonly<Record<string, string>>
}

/** What a call was charged. */
export interface Bill {
  /** `1_000_000n = 1 USD`. Absent: what was reserved. */
  readonly cost?: AtomicUsdc | undefined
  /** Absent: the answer reports none. */
  readonly tokens?: TokenCounts | undefined
}

/**
 * A call whose cost is taken out of the budgets. `settle` or `release` ends it, once. A ledger that fails here must not
 * lose an answer that was paid for: nothing is thrown, and the call counts in full.
 */
export interface OpenAccountCall {
  /** The ledger's name for it. */
  readonly purchase: string
  /** It was charged. */
  settle(bill?: Bill): Promise<void>
  /** Records the service's id of the job that was bought, so that the purchase can be found by it. */
  attachJob(job: string): Promise<void>
  /** Records that the call was not billed. */
  release(): Promise<void>
}

/** Enters calls that an account or a prepaid balance is charged for in the ledger, under the limits. */
export interface AccountMeter {
  /**
   * Checks a call against the allowed hosts and the limit of one payment, and writes nothing. A call that is already
   * above the limit need not be priced any further.
   *
   * @throws {BursarError} `offer/over-limit`, `request/host-refused`
   */
  assertWithinLimit(call: AccountCall): void
  /**
   * Reserves the most that a call can cost in every budget before it is sent. If the process is killed then, the ledger
   * counts that much as spent.
   *
   * @param options its signal takes a question back that a person was asked about the call.
   * @throws {BursarError} `offer/over-limit`, `offer/declined`, `request/host-refused`, `ledger/frozen`,
   * `ledger/unavailable`
   */
  open(call: AccountCall, options?: LedgerCallOptions): Promise<OpenAccountCall>
  /**
   * Enters what a job did cost, once the service says so. Another service may have a job of the same name. A ledger that
   * fails then keeps what was entered before: nothing is thrown.
   */
  correct(job: Pick<JobNote, 'job' | 'origin'>, cost: AtomicUsdc): Promise<void>
}
