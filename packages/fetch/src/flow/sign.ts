import { abortable, BursarError, type Purchase, type SignedPayment } from '@bursar/core'
import { within } from '../within.js'
import { discardedError } from './aborted-error.js'
import { endUnsent } from './end-call.js'
import type { PaymentContext } from './payment-context.js'
import type { Prepared } from './prepare-payment.js'

/** The least time that a wallet has for signing. */
const MIN_SIGNING_MS = 60_000

/** How a reserved payment is signed. */
export interface Signing {
  readonly prepared: Prepared
  readonly signal: AbortSignal | undefined
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
  { prepared, signal }: Signing
): Promise<Purchase> {
  let signed: SignedPayment | undefined
  const sign = async (): Promise<Purchase> => {
    signal?.throwIfAborted()
    const payment = await signWhileAlive(context, prepared)
    signal?.throwIfAborted()
    signed = payment
    return context.ledger.recordEvent(reserved.id, prepared.toEvent(payment, reserved.id))
  }
  try {
    return await abortable(sign(), signal)
  } catch (error) {
    const ended = endUnsent(context, reserved)
    if (signal?.aborted) throw signed ? discardedError({ ...reserved, authorization: signed }, signal) : error
    await ended
    throw signed ? unwrittenError(error) : error
  }
}

/** Waits for the wallet only until the authorization would expire. */
function signWhileAlive({ clock }: PaymentContext, { payment, offer }: Prepared): Promise<SignedPayment> {
  const lifeMs = payment.expiresAtSeconds * 1000 - clock.nowMs()
  const late = (): BursarError => {
    const reason = 'it did not answer while the authorization would have been alive'
    return new BursarError('signer/failed', {
      message: `The wallet did not sign: ${reason}. Nothing was sent.`,
      context: { network: offer.network.id, reason },
      moneyState: 'none'
    })
  }
  return within(payment.sign(), { ms: Math.max(lifeMs, MIN_SIGNING_MS), clock, late })
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
