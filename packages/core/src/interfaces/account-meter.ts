import type { AtomicUsdc } from '../amount/atomic.js'
import type { NetworkId } from '../network/network.js'

/** The network of purchases that an account is billed for: dollars, counted as USDC one to one. */
export const ACCOUNT: NetworkId = 'account:usd'

/** A call that an account at a service is about to be billed for. */
export interface AccountCall {
  readonly method: string
  readonly url: URL
  /** The most that it can cost. `1_000_000n = 1 USD` */
  readonly maxCost: AtomicUsdc
  readonly labels: Readonly<Record<string, string>>
}

/**
 * A call whose cost is taken out of the budgets. `settle` or `release` ends it, once. A ledger that fails by then must not
 * take an answer away that is paid for: nothing is thrown, and the call counts in full.
 */
export interface OpenAccountCall {
  /** The ledger's name for it. */
  readonly purchase: string
  /** It was billed. @param cost absent: what was reserved. */
  settle(cost?: AtomicUsdc): Promise<void>
  /** The service has named the job that was bought, so that it is found by it. */
  attachJob(job: string): Promise<void>
  /** It was not billed. */
  release(): Promise<void>
}

/** Enters calls that an account is billed for in the ledger, under the limits. */
export interface AccountMeter {
  /**
   * Compares a call with its host and the limit of one payment, and writes nothing: what is already above the limit need
   * not be priced any further.
   *
   * @throws {BursarError} `offer/over-limit`, `request/host-refused`
   */
  assertWithinLimit(call: AccountCall): void
  /**
   * Takes the most that a call can cost out of every budget, and writes it down, before it is sent. A process that is
   * killed then has spent that much, as far as the ledger knows.
   *
   * @throws {BursarError} `offer/over-limit`, `offer/declined`, `request/host-refused`, `ledger/frozen`,
   * `ledger/unavailable`
   */
  open(call: AccountCall): Promise<OpenAccountCall>
}
