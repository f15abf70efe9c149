import {
  abortable,
  BursarError,
  type Offer,
  type PaymentTerms,
  type PreparedPayment,
  type SignedEvent,
  type SignedPayment,
  sameAddress
} from '@bursar/core'
import type { ChallengedCall } from './call.js'
import { echoOf, encodePayment } from './encode-payment.js'
import type { Choice } from './evaluate-offer.js'
import type { PaymentContext } from './payment-context.js'

/** A payment that lacks only its signature. */
export interface Prepared {
  readonly offer: Offer
  readonly payment: PreparedPayment
  /**
   * Encodes the signed payment in the header that the challenge asks for.
   *
   * @param id names the payment to a server that keeps its answers by such names.
   */
  toEvent(payment: SignedPayment, id: string): SignedEvent
}

/** What a payment is prepared from. */
export type PreparedCall = Pick<ChallengedCall, 'request' | 'challenge' | 'serverAheadSeconds'>

/**
 * Prepares the payment of an offer.
 *
 * @param replaces the dead payment that this one replaces.
 * @param signingSeconds how long the wallet took to sign when it was asked before.
 * @throws {BursarError} `offer/domain-mismatch`, `offer/none-usable`, `rpc/unavailable`
 */
export function preparePayment(
  { settings }: PaymentContext,
  { request: { signal }, challenge, serverAheadSeconds }: PreparedCall,
  { payer, offer, replaces, signingSeconds }: Choice & Pick<PaymentTerms, 'replaces' | 'signingSeconds'>
): Promise<Prepared> {
  const { dialect, extensions } = challenge
  const { maxValiditySeconds } = settings
  const terms = {
    dialect,
    maxValiditySeconds,
    extensions,
    replaces,
    signingSeconds,
    serverAheadSeconds,
    signal
  }
  return abortable(payer.prepare(offer, terms), signal).then((payment) => ({
    offer,
    payment,
    toEvent(signed, id) {
      const header = encodePayment({
        challenge: echoOf(challenge, signed, id),
        offer,
        payload: signed.payload
      })
      return { type: 'signed', payment: signed, header }
    }
  }))
}

/** A payment that is prepared once more for a purchase. */
interface AnotherTry extends Choice, Pick<PaymentTerms, 'replaces' | 'signingSeconds'> {
  /** The account that the purchase is of. */
  readonly account: string
}

/**
 * Prepares a payment once more for a purchase. An equal call looks for purchases of its own account: one that another account had
 * signed would not be found, and would be paid again.
 *
 * @throws {BursarError} `signer/failed` when the wallet names another account by now, and as {@link preparePayment}.
 */
export async function prepareAgain(
  context: PaymentContext,
  call: PreparedCall,
  { account, ...terms }: AnotherTry
): Promise<Prepared> {
  const prepared = await preparePayment(context, call, terms)
  if (sameAddress(prepared.payment.payer, account)) return prepared
  const reason = 'the wallet names another account by now'
  throw new BursarError('signer/failed', {
    message: `The payment was not signed: ${reason}.`,
    context: { network: prepared.offer.network.id, reason },
    moneyState: 'none'
  })
}
