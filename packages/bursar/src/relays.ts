import type { AccountMeter, Ledger } from '@bursar/core'
import { systemClock } from '@bursar/core'
import { type AccountMeterOptions, createAccountMeter } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { defaultLedger } from '#default-ledger'

export type {
  OpenClaw,
  OpenClawImage,
  Price,
  Relay,
  RelayBalance,
  RelayOptions
} from '@bursar/generation/openclaw'
export { createOpenClaw, tokenPrice } from '@bursar/generation/openclaw'
export type { Tokenhot } from '@bursar/generation/tokenhot'
export { createTokenhot } from '@bursar/generation/tokenhot'
export type { TokenHub } from '@bursar/generation/tokenhub'
export { createTokenHub } from '@bursar/generation/tokenhub'
export type { RetargetOptions } from '@bursar/generation/venice'
export { retarget } from '@bursar/generation/venice'

/** What an account meter is made from. `limits` is required. */
export interface AccountMeterSetup extends Omit<AccountMeterOptions, 'ledger'> {
  /** As `createBursar`'s: by default the user's own file, which all processes share. */
  readonly ledger?: Ledger | 'memory'
}

/**
 * For those who have keys and no wallet: enters what accounts are billed in the ledger, under the limits.
 *
 * @example
 * ```ts
 * const openclaw = createOpenClaw({ apiKey, meter: accountMeter({ limits: { payment: '0.10', day: '1' } }) })
 * ```
 * @throws {TypeError} when a limit is missing or misnamed.
 * @throws {BursarError} `amount/malformed`
 */
export function accountMeter({ ledger, ...options }: AccountMeterSetup): AccountMeter {
  const { clock = systemClock } = options
  const opened = ledger === 'memory' ? memoryLedger({ clock }) : (ledger ?? defaultLedger(clock))
  return createAccountMeter({ ...options, ledger: opened })
}
