import type { Purchase } from '@bursar/core'
import { hostOf, showsPrice } from '@bursar/ledger/driver'
import type { Changes, Row } from './contents.js'
import type { Watched } from './watched.js'

/** Holds purchases that are about to be made against the pins and the price watch, by what is written before them. */
export function checkGuards({ plan, contents }: Watched, { rows }: Changes): string[] {
  if (!plan.pinsPayee && plan.maxPriceIncrease === undefined) return []
  const problems: string[] = []
  for (const row of rows.values()) {
    if (contents.rows.has(row.purchase.id)) continue
    const all = [...new Map([...contents.rows, ...rows]).values()]
    const earlier = all.filter((other) => isEarlier(other, row))
    const shown = earlier.filter(({ purchase }) => showsPrice(purchase))
    problems.push(...checkPayee(plan.pinsPayee, row.purchase, shown.map(purchaseOf)))
    // What this commit changes may have shown its price, or no longer, when the row was decided in the same transaction.
    const mayHaveShown = earlier.filter(({ purchase }) => showsPrice(purchase) || rows.has(purchase.id))
    if (shown.length > 0)
      problems.push(...checkPrice(plan.maxPriceIncrease, row.purchase, mayHaveShown.map(purchaseOf)))
  }
  return problems
}

function purchaseOf({ purchase }: Row): Purchase {
  return purchase
}

/** Made before, at a host that was asked or paid for both. */
function isEarlier(other: Row, { purchase, number }: Row): boolean {
  return other.number < number && hostsOf(other.purchase).some((host) => hostsOf(purchase).includes(host))
}

function hostsOf({ origin, requestedOrigin = origin }: Purchase): readonly string[] {
  return [hostOf(origin), hostOf(requestedOrigin)]
}

function checkPayee(pins: boolean, purchase: Purchase, earlier: readonly Purchase[]): string[] {
  const { id, offer } = purchase
  const others = earlier.filter(({ offer: { payTo } }) => payTo !== offer.payTo)
  return pins && others.length > 0
    ? [`${id} pays ${offer.payTo} for ${hostsOf(purchase).join(' or ')}, which are pinned to another`]
    : []
}

/** Against the dearest of those before, since any of them may have been the newest when it was decided. */
function checkPrice(
  factor: number | undefined,
  { id, offer }: Purchase,
  earlier: readonly Purchase[]
): string[] {
  if (factor === undefined) return []
  const dearest = Math.max(...earlier.map((purchase) => Number(purchase.offer.cost)))
  return Number(offer.cost) > factor * dearest
    ? [`${id} costs ${offer.cost}, and the most before was ${dearest}`]
    : []
}
