import type { NetworkId, Offer } from '@bursar/core'

/** Networks in the order of preference, or the offer first that costs least. */
export type Preference = readonly NetworkId[] | 'cheapest'

/**
 * Sorts offers by preference, and else leaves them in the server's order. Those that charge before the answer come after all
 * others of their kind. Test money is worth nothing: offers to be paid with it come last, unless their network is preferred.
 */
export function orderOffers(offers: readonly Offer[], preference: Preference = []): readonly Offer[] {
  if (offers.length < 2) return offers
  const compare = preference === 'cheapest' ? compareCosts : byRank(preference)
  return [...offers].sort((a, b) => groupOf(a, preference) - groupOf(b, preference) || compare(a, b))
}

/** An offer is considered only when none of a lower group can be paid. */
function groupOf({ network, chargesFirst }: Offer, preference: Preference): number {
  const isUnwantedTest = network.isTest && (preference === 'cheapest' || !preference.includes(network.id))
  return (isUnwantedTest ? 2 : 0) + (chargesFirst ? 1 : 0)
}

function compareCosts(a: Offer, b: Offer): number {
  return a.cost < b.cost ? -1 : Number(a.cost > b.cost)
}

function byRank(preferred: readonly NetworkId[]): (a: Offer, b: Offer) => number {
  const rank = ({ network }: Offer): number => {
    const index = preferred.indexOf(network.id)
    return index === -1 ? preferred.length : index
  }
  return (a, b) => rank(a) - rank(b)
}
