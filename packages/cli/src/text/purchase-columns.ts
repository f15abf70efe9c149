import { stateWord } from '@bursar/audit'
import { amountWords, type Purchase } from '@bursar/core'
import type { Style } from './color.js'
import { isSweep } from './is-sweep.js'
import { networkName } from './network-name.js'
import type { Column } from './table.js'
import { cutMiddle } from './text-width.js'
import { cutToDate, type TimeZoned, timeFormatter, zoneName } from './time-text.js'

/** The columns of a list of purchases: when, what it cost, where it settles, what became of it, for what, and its id. */
export function purchaseColumns(zone: TimeZoned): readonly Column<Purchase>[] {
  return [
    timeColumn(zone, ({ reservedAtMs }) => reservedAtMs),
    amountColumn(({ offer }) => amountWords(offer)),
    { header: 'Network', cell: ({ offer }) => networkName(offer.network), leaveOut: 2 },
    { header: 'State', cell: stateWord, style: (purchase) => stateStyle(stateWord(purchase)) },
    { header: 'What', cell: whatText, shrink: { order: 2, min: 22, least: 8 } },
    { header: 'Model', cell: ({ labels }) => labels.model ?? '', shrink: { order: 3, min: 12 }, leaveOut: 4 },
    { header: 'Agent', cell: ({ labels }) => labels.agent ?? '', shrink: { order: 3, min: 8 }, leaveOut: 3 },
    idColumn(({ id }) => id)
  ]
}

const SHORT_TIME = '2026-11-21 14:05'

/** When something was. */
export function timeColumn<Row>(zone: TimeZoned, msOf: (row: Row) => number): Column<Row> {
  const format = timeFormatter(zone)
  // No column that may be left out says as much as the time of day.
  const shrink = { order: 4, min: SHORT_TIME.length, least: 10, cut: cutToDate }
  return { header: `When (${zoneName(zone)})`, cell: (row) => format(msOf(row)), shrink }
}

/** What something cost, with its token. */
export function amountColumn<Row>(cell: (row: Row) => string): Column<Row> {
  return { header: 'Amount', cell, align: 'right' }
}

/** An id, which `bursar show` takes as it is shortened here. */
export function idColumn<Row>(cell: (row: Row) => string): Column<Row> {
  return { header: 'Id', cell, shrink: { order: 1, min: 14, least: 11, cut: cutMiddle } }
}

/** The host and path that were called, or what the purchase is where there are none. */
export function whatText(purchase: Purchase): string {
  const { kind, origin, path } = purchase
  if (kind !== 'debit') return `${hostOf(origin)}${path}`
  return isSweep(purchase) ? 'moved by wallet sweep' : 'a transfer that no purchase made'
}

/** What a state means for the money: settled, may still settle, or over without a payment. */
function stateStyle(state: string): Style {
  if (state === 'settled') return 'green'
  return state === 'dead' || state === 'released' ? 'dim' : 'yellow'
}

/** Of an origin, such as `api.example:8080`. */
function hostOf(origin: string): string {
  return origin.slice(origin.indexOf('//') + 2)
}
