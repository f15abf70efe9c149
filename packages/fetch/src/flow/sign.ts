import { abortable, BursarError, isBursarError, type Purchase, type SignedPayment } from '@bursar/core'
import { discardedError } from './aborted-error.js'
import type { ChallengedCall } from './call.js'
import { endUnsent } from './end-call.js'
import type { PaymentContext } from './payment-context.js'
import type { ReadyPayment } from './reservation.js'
import { afterLateSignature, signInTime } from './sign-in-time.js'

/** What is signed once it is reserved. */
export interface Signing {
  readonly call: ChallengedCall
  readonly ready: ReadyPayment
}

/**
 * Signs a reserved payment with an asynchronous signer, and writes the bytes to the ledger. If the caller gives up
 * meanwhile, nothing is sent, and what the wallet signs afterwards is dropped.
 *
 * @throws {BursarError} `signer/failed`, `payment/aborted`, `ledger/unavailable`
 */
export async function signReserved(
  context: PaymentContext,
  reserved: Purchase,
  { call, ready }: Signing
): Promise<Purchase> {
  const { signal } = call.request
  let signed: SignedPayment | undefined
  let isWriting = false
  const onSigned = (payment: SignedPayment): void => {
    signed = payment
  }
  const sign = async (): Promise<Purchase> => {
    signal?.throwIfAborted()
    const { payment, prepared } = await signInTime(context, call, { ...ready, onSigned })
    isWriting = true
    return context.ledger.recordEvent(reserved.id, prepared.toEvent(payment, reserved.id))
  }
  try {
    return await abortable(sign(), signal)
  } catch (error) {
    const ended = endUnsent(context, reserved)
    if (signal?.aborted) throw signed ? discardedError({ ...reserved, authorization: signed }, signal) : error
    await ended
    if (isWriting) throw isBursarError(error, 'ledger/frozen') ? error : unwrittenError(error)
    throw signed ? afterLateSignature(error, ready.prepared) : error
  }
}

/** The error of a payment that was signed and could not be written to the ledger. */
export function unwrittenError(cause: unknown): BursarError {
  const reason = 'its record may be missing'
  return new BursarError('ledger/unavailable', {
    message: `The payment was signed and not sent: ${reason}.`,
    context: { reason },
    moneyState: 'signed',
    cause
  })
}
