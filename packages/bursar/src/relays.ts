import type { AccountDesk, Ledger } from '@bursar/core'
import { systemClock } from '@bursar/core'
import { type AccountDeskOptions, createAccountDesk } from '@bursar/fetch'
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

/** What an account desk is made from. `limits` is required. */
export interface AccountDeskSetup extends Omit<AccountDeskOptions, 'ledger'> {
  /** As `createBursar`'s: by default the user's own file, which all processes share. */
  readonly ledger?: Ledger | 'memory'
}

/**
 * For those who have keys and no wallet: enters what accounts are billed in the ledger, under the limits.
 *
 * @example
 * ```ts
 * const openclaw = createOpenClaw({ apiKey, desk: accountDesk({ limits: { payment: '0.10', day: '1' } }) })
 * ```
 * @throws {TypeError} when a limit is missing or misnamed.
 * @throws {BursarError} `amount/malformed`
 */
export function accountDesk({ ledger, ...options }: AccountDeskSetup): AccountDesk {
  const { clock = systemClock } = options
  const opened = ledger === 'memory' ? memoryLedger({ clock }) : (ledger ?? defaultLedger(clock))
  return createAccountDesk({ ...options, ledger: opened })
}
