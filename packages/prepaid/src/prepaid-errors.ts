import { type AtomicUsdc, BursarError, formatUsdc } from '@bursar/core'
import type { PrepaidContext } from './prepaid-context.js'

type About = Pick<PrepaidContext, 'service' | 'origin' | 'network'>

/** The error of a call that costs more than the balance holds, where the balance is not topped up. */
export function insufficientBalance(
  { service, origin, network }: About,
  missing: AtomicUsdc | undefined,
  reason: string
): BursarError<'balance/insufficient'> {
  const lacks = missing === undefined ? '' : ` by ${formatUsdc(missing)} USDC`
  return new BursarError('balance/insufficient', {
    message: `${service.name}: the prepaid balance falls short${lacks}, and was not topped up: ${reason}. Nothing was paid.`,
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
