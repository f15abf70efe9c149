import type { Balances, BalancesQuery } from '@bursar/audit'
import type { BursarParts, bursarParts } from '@bursar/core'
import type { Bursar as PayingBursar } from '@bursar/fetch'

/**
 * Pays for what it fetches, within its limits and with a record. Frozen; its functions need no `this`. Services are
 * functions over it: `createKatana(bursar)` of `bursar/katana`, `auditOf(bursar)` of `bursar/audit`.
 */
export interface Bursar extends PayingBursar {
  /**
   * USDC and gas of every account on each network of `allow.networks`, else on Base, Solana and every other that has an
   * endpoint and is no test network; and the prepaid balances of the given services.
   *
   * @example
   * ```ts
   * const { wallets, prepaid } = await bursar.balances({ prepaid: [katana] })
   * ```
   */
  balances(query?: BalancesQuery): Promise<Balances>
  /** For packages of ours, such as `bursar/katana`. */
  readonly [bursarParts]: () => ReturnType<PayingBursar[typeof bursarParts]> & BursarParts
}
