import type { LocalAccount } from 'viem'

/** The accounts of a sweep. */
export interface SweepAccounts {
  readonly owner: LocalAccount
  /** Sends the transaction, and pays for it. */
  readonly payer: LocalAccount
}
