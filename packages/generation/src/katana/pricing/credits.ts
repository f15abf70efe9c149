import { formatDecimal, parseDecimal } from '@bursar/core'

/** Katana charges in steps of a tenth of a credit (Katana 79): tenths are whole, so no price is ever rounded. */
const DECIMALS = 1

/**
 * Reads credits as Katana prints them, in tenths: `'20814.0'` is `208_140n`.
 *
 * @throws {BursarError} `amount/malformed`
 */
export function parseCredits(text: string): bigint {
  return parseDecimal(text, DECIMALS)
}

/** Writes tenths of a credit as decimal credits: `28n` is `2.8`. */
export function formatCredits(tenths: bigint): string {
  return formatDecimal(tenths, DECIMALS)
}
