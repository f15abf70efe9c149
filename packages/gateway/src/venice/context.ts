import { parseUsdc } from '@bursar/core'
import type { BalanceStore } from '../balances/balance-store.js'
import type { PaymentService } from '../payment/payment-service.js'
import type { GatewayRuntime } from '../runtime.js'
import type { SignIns } from './sign-in.js'

/** What Venice's routes need. */
export interface VeniceContext {
  readonly payments: PaymentService
  readonly runtime: GatewayRuntime
  readonly balances: BalanceStore
  readonly signIns: SignIns
}

/** The only size of a top-up. */
export const TOP_UP_ATOMIC = parseUsdc('5')
/** The size of a top-up that Venice suggests, in dollars. */
export const SUGGESTED_TOP_UP_USD = 10

/** Dollars as a JSON number, which is how Venice writes them. */
export function toUsd(atomic: bigint): number {
  return Number(atomic) / 1_000_000
}
