import type { Ledger, Purchase } from '@bursar/core'
import { UsageError } from '../usage-error.js'

/** Stands for what a table left out of an id. */
const LEFT_OUT = '…'

/** Of the beginning of an id. Fewer could name a purchase that nobody meant. */
const LEAST_LENGTH = 4

/**
 * Finds a purchase by its id, by the beginning of its id, or by its id as a table shortens it.
 *
 * @throws {UsageError} when there is none, or more than one.
 */
export async function purchaseWithId(ledger: Ledger, text: string): Promise<Purchase> {
  const whole = await ledger.find({ id: text })
  if (whole) return whole
  const [idPrefix = '', tail = ''] = text.split(LEFT_OUT)
  if (idPrefix.length < LEAST_LENGTH)
    throw new UsageError(`Give at least ${LEAST_LENGTH} characters of the id. bursar history lists them`)
  const found: Purchase[] = []
  for await (const purchase of ledger.history({ idPrefix })) {
    if (purchase.id.endsWith(tail)) found.push(purchase)
    if (found.length > 1)
      throw new UsageError(`More than one purchase has an id ${text.slice(0, 40)}: give more of it`)
  }
  const [only] = found
  if (only) return only
  throw new UsageError(`No purchase has the id ${text.slice(0, 40)}. bursar history lists them`)
}
