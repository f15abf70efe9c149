import { BursarError, formatUsdc, nameTaken, type Purchase } from '@bursar/core'
import type { Desk } from './desk.js'

/**
 * Refuses a call whose named purchase is another's, is on its way, or is done. One that failed its caller, or came to
 * nothing, passes.
 *
 * @throws {BursarError} `purchase/name-taken`, `purchase/in-progress`, `purchase/already-settled`
 */
export async function refuseNamed(desk: Desk, name: string, fingerprint: string): Promise<void> {
  const purchase = await desk.ledger.find(name)
  if (!purchase) return
  if (purchase.fingerprint !== fingerprint) throw nameTaken(name, purchase.id)
  if (purchase.call === 'failed') return
  throw purchase.call === 'open' ? inProgress(name, purchase) : alreadySettled(name, purchase)
}

function inProgress(name: string, { id }: Purchase): BursarError {
  return new BursarError('purchase/in-progress', {
    message: `Purchase ${id}, "${name}", is on its way in another call. Nothing was signed.`,
    context: { name, purchase: id },
    moneyState: 'none'
  })
}

function alreadySettled(name: string, { id, offer, transaction }: Purchase): BursarError {
  const amount = formatUsdc(offer.cost)
  return new BursarError('purchase/already-settled', {
    message: `Purchase ${id}, "${name}", was paid with ${amount} USDC before. Nothing was signed.`,
    context: {
      name,
      purchase: id,
      amount,
      network: offer.network,
      transaction
    },
    moneyState: 'none'
  })
}
