import type { AtomicUsdc } from '../amount/atomic.js'
import type { NetworkId } from '../network/network.js'
import type { Purchase } from './purchase.js'

/** A prepaid balance at a service, as far as balances are listed and its top-ups are audited. */
export interface PrepaidAccount {
  /** The service's name, such as `katana`. */
  readonly service: string
  readonly origin: string
  readonly network: NetworkId
  /** The wallet whose balance it is. @throws {BursarError} `signer/failed` */
  address(): Promise<string>
  /** `1_000_000n = 1 USDC`. @throws {BursarError} `service/*`, `signer/failed` */
  balance(): Promise<AtomicUsdc>
  /** Whether a purchase is a top-up of this balance. */
  isTopUp(purchase: Purchase): boolean
  /** Every movement that the service lists, newest first. @throws {BursarError} as `balance` */
  transactions(): AsyncIterable<unknown>
  /** Whether a movement that the service lists is the credit of a top-up. */
  isCreditOf(movement: unknown, paid: Purchase): boolean
}

/** A service that keeps a prepaid balance: what `createKatana` and `createVenice` return. */
export interface HasPrepaidAccount {
  readonly balance: PrepaidAccount
}
