import type { JsonObject } from '@bursar/core'
import { offerV2Schema } from '@bursar/core/wire'
import type { Requirements } from '../facilitator/facilitator.js'

/** The fields of a v2 offer that the facilitator checks. Undefined when a fault has made the offer unreadable. */
export function readRequirements(wire: JsonObject): Requirements | undefined {
  const offer = offerV2Schema.safeParse(wire).data
  return offer && { ...offer, extra: offer.extra ?? {} }
}
