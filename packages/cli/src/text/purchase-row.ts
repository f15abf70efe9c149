import { stateWord } from '@bursar/audit'
import { amountWords, type Purchase } from '@bursar/core'
import { networkName } from './network-name.js'

/** A purchase as a row of a table: when, what it cost, where it settles, what became of it, and for what. */
export function purchaseRow(purchase: Purchase): readonly string[] {
  const { reservedAtMs, origin, path, offer } = purchase
  return [
    timeText(reservedAtMs),
    amountWords(offer),
    networkName(offer.network),
    stateWord(purchase),
    `${hostOf(origin)}${path}`
  ]
}

function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(5, 16).replace('T', ' ')}Z`
}

function hostOf(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2)
}
