import { type AtomicUsdc, BursarError, formatUsdc } from '@bursar/core'
import type { PrepaidContext } from './prepaid-context.js'

type About = Pick<PrepaidContext, 'service' | 'origin' | 'network'>

/** The reason where a call fell short again after a top-up. */
export const TOPPED_UP = 'it was topped up, and the call still costs more than there is'

/** The error of a call that costs more than the balance holds, and for which the balance is not topped up, or not again. */
export function insufficientBalance(
  { service, origin, network }: About,
  missing: AtomicUsdc | undefined,
  reason: string
): BursarError<'balance/insufficient'> {
  const lacks = missing === undefined ? '' : ` by ${formatUsdc(missing)} USDC`
  const end =
    reason === TOPPED_UP
      ? `: ${reason}. What was topped up is on the balance; the call was not charged.`
      : `, and was not topped up: ${reason}. Nothing was paid.`
  return new BursarError('balance/insufficient', {
    message: `${service.name}: the prepaid balance falls short${lacks}${end}`,
    context: {
      service: service.name,
      origin,
      network,
      reason,
      ...(missing === undefined ? {} : { missing: formatUsdc(missing) })
    },
    moneyState: 'none'
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
