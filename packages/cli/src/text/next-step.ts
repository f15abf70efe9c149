import { stateWord } from '@bursar/audit'
import { authorizationOf, type Purchase } from '@bursar/core'
import { isSweep } from './is-sweep.js'

/** What to do about a purchase; nothing where it is over. */
export function nextStep(purchase: Purchase, timeText: (ms: number) => string): string | undefined {
  switch (stateWord(purchase)) {
    case 'reserved':
      return 'Nothing is signed. A call is at it, or the next payment gives its amount back.'
    case 'signed':
    case 'sent':
      return inFlight(purchase, timeText)
    case 'undelivered':
      if (purchase.withdrawn)
        return 'The server refused it to ask another price, and took it all the same. No call gets an answer for it.'
      return 'It is paid, and its answer was lost: the same call asks for it again, and pays no more.'
    case 'settled':
      return purchase.kind === 'debit' && !isSweep(purchase)
        ? 'No purchase of this record made this transfer. If you did not make it yourself, the key may be known: bursar freeze.'
        : undefined
    case 'dead':
      return 'It was not paid, and never can be: the same call pays anew.'
    case 'released':
      return 'Nothing was paid: the same call pays anew.'
  }
}

function inFlight(purchase: Purchase, timeText: (ms: number) => string): string {
  if (purchase.kind !== 'payment')
    return 'The service may have charged it: bursar balance shows what is left.'
  const { expiresAtSeconds } = authorizationOf(purchase) ?? {}
  const until = expiresAtSeconds === undefined ? '' : ` until ${timeText(expiresAtSeconds * 1000)}`
  const cancel = purchase.offer.network.startsWith('eip155:')
    ? `, and bursar cancel ${purchase.id} ends it`
    : ''
  return `It can settle${until}. bursar recover asks the chain what became of it${cancel}.`
}
