import { type Purchase, type Reservation, type ReserveOptions, reservationError } from '@bursar/core'
import { assertWellFormed, withoutAbsentLabels } from '../rules/well-formed.js'
import { notSignedError } from '../steps/reserve-step.js'
import { steps } from '../steps/steps.js'
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
  if (sign && store.isElsewhere && reservation.kind !== 'payment') throw notSignedError()
  const isDurable = reservation.kind !== 'payment' || sign !== undefined
  // A store may run the step again that its database refused: what was signed then is signed.
  const signOnce = store.isElsewhere ? undefined : sign && once(sign)
  const writing = store.write(steps.reserve(reservation, signOnce), { isDurable, signal })
  const reserved = await undoneIfItFails(store, writing, { id: reservation.id, attempt: 'reservation' })
  if ('purchase' in reserved)
    return sign && store.isElsewhere
      ? signReserved(store, reserved.purchase, { sign, signal })
      : reserved.purchase
  throw 'thrown' in reserved ? reserved.thrown : reservationError(reserved.rejection)
}

/** Signs what was reserved elsewhere. What is not written as signed is given back, and its bytes are never sent. */
function signReserved(
  store: Store,
  { id }: Purchase,
  { sign, signal }: ReserveOptions & { readonly sign: NonNullable<ReserveOptions['sign']> }
): Promise<Purchase> {
  const signing = async (): Promise<Purchase> => store.record(id, sign(), { signal })
  return undoneIfItFails(store, signing(), { id, attempt: 'reservation' })
}
