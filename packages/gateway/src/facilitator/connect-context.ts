import type { RandomBytes } from '@bursar/core'

/** What connecting to a chain needs of the gateway. */
export interface ConnectContext {
  readonly random: RandomBytes
  /** Ends the wait for receipts. */
  readonly signal: AbortSignal
  /** Milliseconds to wait for a receipt. */
  readonly receiptTimeoutMs: number
}
