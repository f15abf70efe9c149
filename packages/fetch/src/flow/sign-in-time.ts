import { BursarError, bursarErrorOf, type SignedPayment, within } from '@bursar/core'
import type { ChallengedCall } from './call.js'
import type { PaymentContext } from './payment-context.js'
import { type Prepared, prepareAgain } from './prepare-payment.js'
import type { ReadyPayment } from './reservation.js'
import { SIGNING_MS } from './signing-time.js'

/** Facilitators want six seconds of validity, and the payment has to get there. */
const MIN_LEFT_MS = 8_000
/** A signature that came so fast could not be had sooner. */
const AT_ONCE_MS = 1_000
/** How often a wallet is asked for one payment, when it takes longer than the payment lives. */
const MAX_SIGNINGS = 3

/** A payment that was signed while there was time left, and what it was made from. */
interface TimelyPayment {
  readonly payment: SignedPayment
  readonly prepared: Prepared
}

/** A payment that a wallet is to sign, and who must know of every signature, also of one that is discarded. */
export interface TimedSigning extends ReadyPayment {
  onSigned(payment: SignedPayment): void
}

/**
 * Has a wallet sign. When it answers so late that the payment would be refused, its signature is discarded, and the payment
 * is prepared anew so that it lives that much longer: its validity then counts from the signature. Nothing was sent.
 *
 * @throws {BursarError} `signer/failed`
 */
export async function signInTime(
  context: PaymentContext,
  call: ChallengedCall,
  { choice, prepared: first, onSigned }: TimedSigning
): Promise<TimelyPayment> {
  const { clock } = context
  const { signal } = call.request
  let prepared = first
  for (let signings = 1; ; signings++) {
    const beganMs = clock.nowMs()
    const payment = await signWhileWaited(context, prepared, signal)
    onSigned(payment)
    signal?.throwIfAborted()
    if (hasTimeLeft(payment, { beganMs, nowMs: clock.nowMs() })) return { payment, prepared }
    const tookSeconds = Math.ceil((clock.nowMs() - beganMs) / 1000)
    if (signings === MAX_SIGNINGS) throw tooSlowError(prepared, tookSeconds)
    const account = prepared.payment.payer
    prepared = await prepareAgain(context, call, { ...choice, account, signingSeconds: tookSeconds })
  }
}

/** Of a payment that lives for some seconds only, as the user may want, half of them must be left. */
function hasTimeLeft(
  { expiresAtSeconds }: SignedPayment,
  { beganMs, nowMs }: { readonly beganMs: number; readonly nowMs: number }
): boolean {
  const endsMs = expiresAtSeconds * 1000
  const isAtOnce = nowMs - beganMs < AT_ONCE_MS
  return isAtOnce || endsMs - nowMs >= Math.min(MIN_LEFT_MS, (endsMs - beganMs) / 2)
}

/** Has a wallet sign, and waits for it as long as somebody may need. @throws {BursarError} `signer/failed` */
export async function signWhileWaited(
  { clock }: PaymentContext,
  { payment, offer }: Prepared,
  signal: AbortSignal | undefined
): Promise<SignedPayment> {
  const lifeMs = payment.expiresAtSeconds * 1000 - clock.nowMs()
  const ms = Math.max(lifeMs, SIGNING_MS)
  const late = (): BursarError =>
    unsignedError(offer.network.id, `it did not answer within ${Math.round(ms / 1000)} s`)
  const waiting = new AbortController()
  const end = (): void => waiting.abort('ended')
  signal?.addEventListener('abort', end)
  try {
    return await within(payment.sign(waiting.signal), { ms, clock, late, signal })
  } finally {
    end()
    signal?.removeEventListener('abort', end)
  }
}

function tooSlowError({ offer }: Prepared, tookSeconds: number): BursarError {
  const reason = `it took ${tookSeconds} s each time, longer than the payment may live; raise maxValiditySeconds`
  return discardedError(offer.network.id, { reason })
}

/** What came after a signature that was too late: nobody was sent what was signed, and the caller is told of it. */
export function afterLateSignature(error: unknown, { offer }: Prepared): BursarError {
  const ours = bursarErrorOf(error)
  if (ours?.moneyState === 'signed') return ours
  const reason = `it signed too late, and then: ${ours?.message ?? 'it could not be asked again'}`
  return discardedError(offer.network.id, { reason, cause: error })
}

/** The wallet has signed, and nobody was sent what it signed. */
function discardedError(
  network: string,
  { reason, cause }: { readonly reason: string; readonly cause?: unknown }
): BursarError {
  return new BursarError('signer/failed', {
    message: `The wallet did not sign in time: ${reason}. What it signed is discarded. Nothing was sent.`,
    context: { network, reason },
    moneyState: 'signed',
    cause
  })
}

function unsignedError(network: string, reason: string): BursarError {
  return new BursarError('signer/failed', {
    message: `The wallet did not sign in time: ${reason}. Nothing was sent.`,
    context: { network, reason },
    moneyState: 'none'
  })
}
