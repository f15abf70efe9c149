import type { Billing } from '@bursar/generation/katana'
import type { MoneyAtStake, Progress } from '../context.js'

/** What may be charged that the bursar's events say nothing of. */
const charged: { readonly [Path in Billing]?: MoneyAtStake } = {
  key: 'account',
  wallet: 'balance',
  auto: 'balance'
}

/** Notes that a call may be charged to a key's account or to a prepaid balance, for an error or an interruption. */
export function noteCharge(progress: Progress, billing: Billing): void {
  const stake = charged[billing]
  if (stake === undefined) return
  progress.hasReserved = true
  progress.moneyAtStake = stake
}
