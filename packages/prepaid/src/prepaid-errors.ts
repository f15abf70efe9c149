import { type AtomicUsdc, BursarError, formatUsdc, type MoneyState } from '@bursar/core'
import type { PrepaidContext } from './prepaid-context.js'

type About = Pick<PrepaidContext, 'service' | 'origin' | 'network'>

/** The error of a call that costs more than the balance holds, and for which the balance is not topped up. */
export function insufficientBalance(
  about: About,
  missing: AtomicUsdc | undefined,
  reason: string
): BursarError<'balance/insufficient'> {
  const end = `, and was not topped up: ${reason}. Nothing was paid.`
  return fallsShort(about, missing, { reason, end, moneyState: 'none' })
}

/**
 * The error of a call that costs more than the balance holds after it was topped up.
 *
 * @param topUp `isOurs`: whether it was paid for this very call, and not for another. `reason`: why there is no other.
 */
export function stillInsufficient(
  about: About,
  missing: AtomicUsdc | undefined,
  topUp: { readonly isOurs: boolean; readonly reason?: string }
): BursarError<'balance/insufficient'> {
  const { isOurs, reason } = topUp
  const why = reason ?? 'it was topped up, and the call still costs more than there is'
  const again = reason === undefined ? ':' : ', and was not topped up again:'
  const end = `${again} ${why}. What was topped up is on the balance; the call was not charged.`
  return fallsShort(about, missing, { reason: why, end, moneyState: isOurs ? 'settled' : 'none' })
}

interface Shortness {
  readonly reason: string
  readonly end: string
  readonly moneyState: MoneyState
}

function fallsShort(
  { service, origin, network }: About,
  missing: AtomicUsdc | undefined,
  { reason, end, moneyState }: Shortness
): BursarError<'balance/insufficient'> {
  const lacks = missing === undefined ? '' : ` by ${formatUsdc(missing)} USDC`
  return new BursarError('balance/insufficient', {
    message: `${service.name}: the prepaid balance falls short${lacks}${end}`,
    context: {
      service: service.name,
      origin,
      network,
      reason,
      ...(missing === undefined ? {} : { missing: formatUsdc(missing) })
    },
    moneyState
  })
}

/** The error of a top-up that was paid and that the balance does not show. */
export function creditDelayed(
  { service, origin }: About,
  {
    wallet,
    amount,
    reason
  }: { readonly wallet: string; readonly amount: AtomicUsdc; readonly reason: string }
): BursarError<'balance/credit-delayed'> {
  const usdc = formatUsdc(amount)
  return new BursarError('balance/credit-delayed', {
    message: `${service.name}: a top-up of ${usdc} USDC was paid and is not credited: ${reason}. Nothing more was paid.`,
    context: { service: service.name, origin, wallet, amount: usdc, reason },
    moneyState: 'settled'
  })
}
