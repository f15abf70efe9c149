import { type Purchase, type Reservation, type ReserveOptions, reservationError } from '@bursar/core'
import { assertWellFormed, withoutAbsentLabels } from '../rules/well-formed.js'
import { reserveStep } from '../steps/reserve-step.js'
import type { Store } from '../steps/store.js'
import { once } from './once.js'
import { undoneIfItFails } from './undone-if-it-fails.js'

/** Reserves in a store. @see `Ledger.reserve` */
export async function reserve(
  store: Store,
  given: Reservation,
  { sign, signal }: ReserveOptions = {}
): Promise<Purchase> {
  const reservation = withoutAbsentLabels(given)
  assertWellFormed(reservation)
  const isDurable = reservation.kind !== 'payment' || sign !== undefined
  // A store may run the step again that its database refused: what was signed then is signed.
  const signOnce = sign && once(sign)
  const writing = store.write((tx) => reserveStep(tx, reservation, signOnce), { isDurable, signal })
  const reserved = await undoneIfItFails(store, writing, { id: reservation.id, attempt: 'reservation' })
  if ('purchase' in reserved) return reserved.purchase
  throw 'thrown' in reserved ? reserved.thrown : reservationError(reserved.rejection)
}
