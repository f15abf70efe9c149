import type { AtomicUsdc } from '../amount/atomic.js'
import type { NetworkId } from '../network/network.js'

/** A balance that may fall too low. */
export interface WatchedBalance {
  readonly network: NetworkId
  /** The address whose balance it is. */
  readonly account: string
  /** The service that keeps it prepaid. Absent: it is the USDC of the account itself. */
  readonly host?: string
}

/** Something that was paid from a balance. */
export interface SpentFromBalance {
  /** `1_000_000n = 1 USDC`. Absent: nobody knows it yet. */
  readonly amountAtomic?: AtomicUsdc
  /** Reads what is left. It is called in the background, and not after each payment. */
  read(signal: AbortSignal): Promise<AtomicUsdc>
}

/** Notices when a balance falls below what the user named. */
export interface BalanceWatch {
  /** Notes what was read of a balance for another reason. */
  saw(balance: WatchedBalance, atomic: AtomicUsdc): void
  /** Notes that something was paid from a balance. */
  spent(balance: WatchedBalance, payment: SpentFromBalance): void
}
