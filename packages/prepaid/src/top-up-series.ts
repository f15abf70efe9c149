import { type Purchase, RESERVED_NAMES } from '@bursar/core'
import { type PrepaidContext, walletOf } from './prepaid-context.js'
import { isTopUpOf } from './top-up.js'

/** The end of the series of top-ups by rule: the newest, and the name of the next. */
export interface SeriesEnd {
  readonly next: string
  readonly last?: Purchase
}

/**
 * Finds the end of the series of top-ups by rule of one wallet. Their names are numbered and taken in turn, so that of all
 * processes on one ledger one makes the next, and halving finds the end.
 */
export async function findSeriesEnd(context: PrepaidContext): Promise<SeriesEnd> {
  const { origin, network, parts } = context
  const prefix = `${RESERVED_NAMES}top-up ${origin} ${network} ${await walletOf(context).address()}`
  const find = (number: number): Promise<Purchase | undefined> =>
    parts.ledger.find({ name: `${prefix} ${number}` })
  let [taken, free] = [0, 1]
  while (await find(free)) [taken, free] = [free, free * 2]
  while (free - taken > 1) {
    const middle = (taken + free) >> 1
    if (await find(middle)) taken = middle
    else free = middle
  }
  const last = await newestTopUp(context, taken, find)
  return { next: `${prefix} ${free}`, ...(last ? { last } : {}) }
}

/** A purchase that took one of the names and is no top-up of this balance says nothing about it. */
async function newestTopUp(
  context: PrepaidContext,
  newest: number,
  find: (number: number) => Promise<Purchase | undefined>
): Promise<Purchase | undefined> {
  for (let number = newest; number > 0; number--) {
    const purchase = await find(number)
    if (purchase && isTopUpOf(context, purchase)) return purchase
  }
  return undefined
}
