import { BursarError, formatUsdc, nameTakenError, type Purchase } from '@bursar/core'
import type { PaymentContext } from './payment-context.js'

/**
 * Rejects a call whose named purchase is another's, is on its way, or is done. One that failed its caller, or came to
 * nothing, passes.
 *
 * @throws {BursarError} `purchase/name-taken`, `purchase/in-progress`, `purchase/already-settled`
 */
export async function assertNameIsFree(
  { ledger }: PaymentContext,
  name: string,
  fingerprint: string
): Promise<void> {
  const purchase = await ledger.find(name)
  if (!purchase) return
  if (purchase.fingerprint !== fingerprint) throw nameTakenError(name, purchase.id)
  // One that is settled and whose bytes are gone can be resumed no more.
  if (purchase.call === 'failed' && (purchase.payment || purchase.state !== 'settled')) return
  throw purchase.call === 'open' ? inProgressError(name, purchase) : alreadySettledError(name, purchase)
}

function inProgressError(name: string, { id }: Purchase): BursarError {
  return new BursarError('purchase/in-progress', {
    message: `Purchase ${id}, "${name}", is on its way in another call. Nothing was signed.`,
    context: { name, purchase: id },
    moneyState: 'none'
  })
}

function alreadySettledError(name: string, { id, offer, transaction }: Purchase): BursarError {
  const amount = formatUsdc(offer.cost)
  return new BursarError('purchase/already-settled', {
    message: `Purchase ${id}, "${name}", was paid with ${amount} USDC before. Nothing was signed.`,
    context: { name, purchase: id, amount, network: offer.network, transaction },
    moneyState: 'none'
  })
}
