import type * as core from '@bursar/core'
import type { Desk } from './desk.js'

/** Handed in, so that this file has no share in what is always loaded. */
export type NamedTools = Pick<typeof core, 'BursarError' | 'formatUsdc' | 'nameTakenError'>

/**
 * Refuses a call whose named purchase is another's, is on its way, or is done. One that failed its caller, or came to
 * nothing, passes.
 *
 * @throws {BursarError} `purchase/name-taken`, `purchase/in-progress`, `purchase/already-settled`
 */
export async function refuseNamed(
  desk: Desk,
  name: string,
  fingerprint: string,
  tools: NamedTools
): Promise<void> {
  const purchase = await desk.ledger.find(name)
  if (!purchase) return
  if (purchase.fingerprint !== fingerprint) throw tools.nameTakenError(name, purchase.id)
  // One that is settled and whose bytes are gone can be taken up no more.
  if (purchase.call === 'failed' && (purchase.payment || purchase.state !== 'settled')) return
  throw purchase.call === 'open' ? inProgress(name, purchase, tools) : alreadySettled(name, purchase, tools)
}

function inProgress(name: string, { id }: core.Purchase, { BursarError }: NamedTools): core.BursarError {
  return new BursarError('purchase/in-progress', {
    message: `Purchase ${id}, "${name}", is on its way in another call. Nothing was signed.`,
    context: { name, purchase: id },
    moneyState: 'none'
  })
}

function alreadySettled(
  name: string,
  { id, offer, transaction }: core.Purchase,
  { BursarError, formatUsdc }: NamedTools
): core.BursarError {
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
