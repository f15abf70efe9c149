import { authorizationOf, checkOptions, checkText, oneOf, type Purchase, TOP_UP_LABEL } from '@bursar/core'
import { createCalendar } from './calendar.js'

/**
 * By what purchases are added up. `week` is of ISO 8601, such as `2026-W48`. `payer` is the address that pays. `model` and `agent` are the labels of these
 * names, `label` is any other.
 */
export type TotalsKey =
  | 'day'
  | 'week'
  | 'month'
  | 'host'
  | 'network'
  | 'payer'
  | 'model'
  | 'agent'
  | { readonly label: string }

/** The key of a top-up that has no such label: what is spent from the balance carries the labels. */
const TOP_UP_KEY = 'top-up'

/** Reads the key of a purchase, such as `2026-11-21`; empty where it has none. */
export type ReadKey = (purchase: Purchase) => string

const checkWord = oneOf('day', 'week', 'month', 'host', 'network', 'payer', 'model', 'agent')

/** How the keys of purchases are read. @throws {TypeError} when a key or the time zone is malformed. */
export function keyReaders(by: readonly TotalsKey[], timeZone: string | undefined): readonly ReadKey[] {
  if (by.length === 0) throw new TypeError('totals: by is empty')
  const calendar = createCalendar(timeZone)
  return by.map((key) => {
    if (typeof key === 'object') {
      checkOptions(key, { label: checkText }, 'totals: by')
      return (purchase) => labelOf(purchase, key.label)
    }
    checkWord(key, 'totals: by')
    if (key === 'host') return ({ origin }) => origin.slice(origin.indexOf('//') + 2)
    if (key === 'network') return ({ offer }) => offer.network
    if (key === 'payer') return payerOf
    if (key === 'model' || key === 'agent') return (purchase) => labelOf(purchase, key)
    return ({ reservedAtMs }) => calendar[key](reservedAtMs)
  })
}

/** The address that pays, or has paid; empty text where none does, as from a prepaid balance. EVM addresses in small letters. */
export function payerOf(purchase: Purchase): string {
  const payer = purchase.kind === 'payment' ? purchase.payer : authorizationOf(purchase)?.payer
  return payer?.startsWith('0x') ? payer.toLowerCase() : (payer ?? '')
}

function labelOf({ labels }: Purchase, name: string): string {
  const own = Object.hasOwn(labels, name) ? labels[name] : undefined
  return own ?? (labels[TOP_UP_LABEL] ? TOP_UP_KEY : '')
}
