import type { LedgerChange } from '@bursar/audit'
import { amountWords } from '@bursar/core'
import type { BursarEvent } from '@bursar/fetch'
import { timeText } from '../proxy/proxy-log.js'
import { lowBalanceText } from './low-balance-text.js'
import { networkName } from './network-name.js'
import { printable } from './printable.js'
import { cutMiddle } from './text-width.js'
import { wrapWords } from './wide-text.js'

/** Columns of lines that come one by one, so that those to come are not known: most amounts and networks fit. */
const [STATE, AMOUNT, NETWORK] = [11, 14, 12]
const GAP = '  '
/** What is left of an address in a terminal that is too narrow for the other columns. */
const MIN_ADDRESS = 12
/** In a terminal of fewer columns, a change takes several lines, and nothing of it is cut. */
const FEWEST = 60

/** One change of the record as a line: the time of day here, what became of it, how much, where it settles, and for what. */
export function changeLine(change: LedgerChange, columns = 80): string {
  const line = printable(lineOf(change, columns))
  if (columns >= FEWEST) return `${line}\n`
  return `${wrapWords(line, columns - GAP.length, { hard: true }).replaceAll('\n', `\n${GAP}`)}\n`
}

/** A balance that fell, as a line. */
export function lowBalanceLine(event: BursarEvent): string {
  return `${printable(`${timeText(event.atMs)}${GAP}${'low'.padEnd(STATE)}${lowBalanceText(event)}`)}\n`
}

function lineOf(change: LedgerChange, columns: number): string {
  const time = timeText(change.atMs)
  if (change.type === 'thawed') return `${time}${GAP}thawed     payments go on`
  if (change.type === 'frozen') return `${time}${GAP}frozen     by ${change.by}: ${change.reason}`
  const { offer, origin, path, labels } = change.purchase
  const before = [
    time,
    change.state.padEnd(STATE),
    amountWords(offer).padEnd(AMOUNT),
    networkName(offer.network).padEnd(NETWORK)
  ].join(GAP)
  const agent = labels.agent === undefined ? '' : `${GAP}${labels.agent}`
  const what = `${origin.replace(/^https?:\/\//, '')}${path}`
  if (columns < FEWEST) return `${before.replace(/ +/g, ' ')} ${what}${agent}`
  const room = Math.max(columns - before.length - GAP.length - agent.length, MIN_ADDRESS)
  return `${before}${GAP}${cutMiddle(what, room)}${agent}`
}
