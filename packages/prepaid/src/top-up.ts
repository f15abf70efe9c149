import { type AtomicUsdc, BursarError, formatUsdc } from '@bursar/core'
import { type PrepaidDesk, readAnswer } from './desk.js'

/** A top-up that was paid and credited. */
export interface TopUp {
  /** Decimal USDC that was credited. Gas was paid in addition. */
  readonly credited: string
  readonly wallet: string
}

/** The label by which top-ups are told from other purchases. */
export const TOP_UP_LABEL = 'top-up'

/** How a top-up is made other than by hand. */
export interface TopUpTerms {
  /** Its name in the ledger. */
  readonly purchase?: string
  /** Why its cost is too much, gas included. */
  readonly refusesCost?: (cost: AtomicUsdc) => string | undefined
}

/**
 * Pays for a top-up of exactly this amount, on the network of the proven wallet.
 *
 * @throws {BursarError} as the paying fetch, `balance/credit-delayed`, `service/*`
 */
export async function topUp(desk: PrepaidDesk, amount: AtomicUsdc, terms: TopUpTerms = {}): Promise<TopUp> {
  const { service, base, origin, prover } = desk
  const request = service.topUp(amount)
  const wallet = await desk.address()
  const response = await desk.fetch(`${base}${request.path}`, {
    method: 'POST',
    ...(request.body
      ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(request.body) }
      : {}),
    bursar: {
      ...(terms.purchase === undefined ? {} : { purchase: terms.purchase }),
      labels: { [TOP_UP_LABEL]: origin, 'top-up-usdc': formatUsdc(amount) },
      prefer: [prover.network],
      rejectionReason: (offer) =>
        offer.network.id === prover.network
          ? (service.rejectionReason(offer, amount) ?? terms.refusesCost?.(offer.cost))
          : `the balance is on ${prover.network}`
    }
  })
  const told = service.readTopUp(await readAnswer(service, 'top-up', response, 'settled'))
  if (told?.credited === amount && sameWallet(told.wallet, wallet)) {
    return { credited: formatUsdc(amount), wallet }
  }
  const reason = told
    ? `it says that ${formatUsdc(told.credited)} USDC were credited to ${told.wallet}`
    : 'it does not say what was credited'
  throw creditLate(desk, wallet, amount, reason)
}

/** The service took the money, and the balance does not show it. */
export function creditLate(
  { service, origin }: PrepaidDesk,
  wallet: string,
  amount: AtomicUsdc,
  reason: string
): BursarError<'balance/credit-delayed'> {
  const usdc = formatUsdc(amount)
  return new BursarError('balance/credit-delayed', {
    message: `${service.name}: a top-up of ${usdc} USDC was paid and is not credited: ${reason}. Nothing more was paid.`,
    context: { service: service.name, origin, wallet, amount: usdc, reason },
    moneyState: 'settled'
  })
}

/** EVM addresses differ in letter case only by their checksum. */
function sameWallet(a: string, b: string): boolean {
  return a.startsWith('0x') ? a.toLowerCase() === b.toLowerCase() : a === b
}
