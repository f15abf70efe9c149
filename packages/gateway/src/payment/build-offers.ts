import type { Facilitator } from '../facilitator/facilitator.js'
import type { Charge } from './charge.js'
import type { ServerOffer } from './protocol.js'

/** What is offered for a charge, on each network where its protocol can be paid. */
export function buildOffers(
  facilitators: readonly Facilitator[],
  { protocol, price, resource }: Pick<Charge, 'protocol' | 'price' | 'resource'>
): readonly ServerOffer[] {
  return facilitators.flatMap((facilitator) => {
    const wire = protocol.buildOffer(facilitator, price, resource)
    return wire ? [{ facilitator, wire }] : []
  })
}
