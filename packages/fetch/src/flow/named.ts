import { BursarError, formatUsdc, type Purchase } from '@bursar/core'
import type { Desk } from './desk.js'

/**
 * Refuses a call whose named purchase is another's, is on its way, or is done. One that failed its caller, or came to
 * nothing, passes.
 *
 * @throws {BursarError} `purchase/name-taken`, `purchase/in-progress`, `purchase/already-settled`
 */
export async function refuseNamed(desk: Desk, name: string, fingerprint: string): Promise<void> {
  const purchase = await desk.ledger.find(name)
  if (!purchase || purchase.call === 'failed') {
    if (purchase && purchase.fingerprint !== fingerprint) throw taken(name, purchase)
    return
  }
  if (purchase.fingerprint !== fingerprint) throw taken(name, purchase)
  throw purchase.call === 'open' ? inProgress(name, purchase) : alreadySettled(name, purchase)
}

function taken(name: string, { id }: Purchase): BursarError {
  return new BursarError('purchase/name-taken', {
    message: `The name "${name}" belongs to purchase ${id}, of another method, URL or body. Nothing was signed.`,
    context: { name, purchase: id },
    moneyState: 'none'
  })
}

function inProgress(name: string, { id }: Purchase): BursarError {
  return new BursarError('purchase/in-progress', {
    message: `"${name}" is being bought by another call, as purchase ${id}. This one signed nothing.`,
    context: { name, purchase: id },
    moneyState: 'none'
  })
}

function alreadySettled(name: string, { id, offer, transaction }: Purchase): BursarError {
  const amount = formatUsdc(offer.cost)
  return new BursarError('purchase/already-settled', {
    message: `"${name}" was bought before, as purchase ${id}, for ${amount} USDC. Nothing more was signed.`,
    context: {
      name,
      purchase: id,
      amount,
      network: offer.network,
      ...(transaction === undefined ? {} : { transaction })
    },
    moneyState: 'none'
  })
}
