import {
  abortable,
  isBursarError,
  notify,
  type Purchase,
  type Reservation,
  type SignedPayment
} from '@bursar/core'
import { discardedError } from './aborted-error.js'
import type { ChallengedCall } from './call.js'
import { emitPurchase } from './emit.js'
import { endUnsent } from './end-call.js'
import { readOfferEvidence, signsOffers } from './evidence.js'
import type { PaymentContext } from './payment-context.js'
import { buildReservation, type ReadyPayment } from './reservation.js'
import { settleExpired } from './settle-expired.js'
import { type Signing, signReserved, unwrittenError } from './sign.js'

/**
 * Reserves the cost, signs, and writes the signed bytes to the ledger. Sends nothing.
 *
 * @throws {BursarError} `offer/over-limit`, `purchase/name-taken`, `purchase/in-progress`, `signer/failed`,
 * `ledger/frozen`, `ledger/unavailable`
 */
export async function reserveAndSign(
  context: PaymentContext,
  call: ChallengedCall,
  ready: ReadyPayment
): Promise<Purchase> {
  const signing = { call, ready }
  const { challenge } = call
  const { choice, prepared, resumption } = ready
  const evidence = signsOffers(challenge) ? await readOfferEvidence(challenge, choice.offer) : undefined
  const reservation = buildReservation(context, call, { choice, prepared, resumption, evidence })
  const reserved = await reserve(context, reservation, signing)
  void notify(call.options.onPurchase, reserved.id, 'onPurchase')
  emitPurchase(context, reserved, { type: 'reserved', call: call.number })
  const signed = reserved.state === 'signed' ? reserved : await signReserved(context, reserved, signing)
  emitPurchase(context, signed, { type: 'signed' })
  return signed
}

/**
 * Reserves. Expired authorizations use up budget until the chain was asked about them, so it is asked once. Those
 * beyond one call's bound are looked up in the background.
 */
function reserve(context: PaymentContext, reservation: Reservation, signing: Signing): Promise<Purchase> {
  return tryReserve(context, reservation, signing).catch(async (error: unknown) => {
    if (!isBursarError(error, 'offer/over-limit')) throw error
    const { isAnyLearned, remaining } = await settleExpired(context, signing.call.request.signal)
    try {
      if (!isAnyLearned) throw error
      return await tryReserve(context, reservation, signing)
    } finally {
      context.watch.addExpired(remaining)
    }
  })
}

/** Reserves, and signs in the same transaction if the payer can sign synchronously. */
async function tryReserve(
  context: PaymentContext,
  reservation: Reservation,
  { call, ready: { prepared } }: Signing
): Promise<Purchase> {
  const { signal } = call.request
  const { signSync } = prepared.payment
  let signed: SignedPayment | undefined
  const sign =
    signSync &&
    (() => {
      signal?.throwIfAborted()
      signed = signSync()
      return prepared.toEvent(signed, reservation.id)
    })
  try {
    const reserving = context.ledger.reserve(reservation, { sign, signal })
    return await abortable(reserving, signal, { onLate: (late) => endUnsent(context, late) })
  } catch (error) {
    if (!signed) throw error
    // The ledger may have the bytes after all.
    const ended = discardIfThere(context, reservation.id)
    if (signal?.aborted) throw discardedError({ ...reservation, authorization: signed }, signal)
    await ended
    throw unwrittenError(error)
  }
}

async function discardIfThere({ ledger }: PaymentContext, id: string): Promise<void> {
  const events = [{ type: 'discarded' }, { type: 'failed' }] as const
  await Promise.allSettled(events.map((event) => ledger.recordEvent(id, event)))
}
