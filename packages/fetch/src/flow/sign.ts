import { BursarError, type Purchase, type SignedPayment } from '@bursar/core'
import { abortable } from '../abortable.js'
import { abortedError } from './aborted-error.js'
import { endUnsent } from './end-call.js'
import type { PaymentContext } from './payment-context.js'
import type { Prepared } from './prepare-payment.js'

/** How a reserved payment is signed. */
export interface Signing {
  readonly prepared: Prepared
  readonly signal: AbortSignal | undefined
}

/**
 * Signs what is reserved, where the signature must be waited for, and writes the bytes down. When the caller gives up
 * meanwhile, that goes on in the background, and nothing is sent.
 *
 * @throws {BursarError} `signer/failed`, `payment/aborted`, `ledger/unavailable`
 */
export async function signReserved(
  context: PaymentContext,
  reserved: Purchase,
  { prepared, signal }: Signing
): Promise<Purchase> {
  let signed: SignedPayment | undefined
  const sign = async (): Promise<Purchase> => {
    try {
      signal?.throwIfAborted()
      signed = await prepared.payment.sign()
      return await context.ledger.recordEvent(reserved.id, prepared.toEvent(signed))
    } catch (error) {
      await endUnsent(context, reserved)
      throw signed ? unwrittenError(error) : error
    }
  }
  try {
    return await abortable(signal, sign(), (late) => endUnsent(context, late))
  } catch (error) {
    if (!signed || !signal?.aborted) throw error
    throw abortedError({ ...reserved, state: 'signed', authorization: signed }, signal)
  }
}

/** The error of a payment that was signed and that the ledger would not take. */
export function unwrittenError(cause: unknown): BursarError {
  const reason = 'its record may be missing'
  return new BursarError('ledger/unavailable', {
    message: `The payment was signed and not sent: ${reason}.`,
    context: { reason },
    moneyState: 'signed',
    cause
  })
}
