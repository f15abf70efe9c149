import type { Purchase } from '@bursar/core'
import type { IncomingResponse } from '../transport/incoming-response.js'
import { type AnotherPrice, endAtAnotherPrice } from './another-price.js'
import { canSignIn } from './asks-for-sign-in.js'
import type { ChallengedCall } from './call.js'
import { correctEnvelope, readFreshChallenge } from './correct-envelope.js'
import { Delivery, type SignedPurchase } from './delivery.js'
import type { Choice } from './evaluate-offer.js'
import { type Answer, handOver } from './hand-over.js'
import { loadSignIn } from './load-sign-in.js'
import { loadWire } from './load-wire.js'
import type { PaymentContext } from './payment-context.js'
import { isPaymentRejection, paymentRejectionError, readPaymentRejection } from './payment-rejection.js'
import { readSettlement, recordReceipt } from './receipt-header.js'
import { reissueIfStale } from './reissue.js'
import { sendPayment } from './send-payment.js'

/** A signed purchase whose answer is to be delivered. */
export interface DeliveryTerms extends SignedPurchase {
  /**
   * The offer that this call chose, so that the payment can be signed again when the chain proves that it came too
   * late.
   */
  readonly choice?: Choice
}

/** A delivery in progress. */
interface Attempt {
  readonly delivery: Delivery
  readonly resumed: boolean
  readonly choice?: Choice | undefined
}

/**
 * Sends a signed purchase and turns what comes back into the caller's answer or an error that says what happened to the
 * money. A Solana payment that came too late for its blockhash is signed again, once, when the chain proves that it never
 * landed. One that is refused for what stands around it is sent once more in the envelope that the server then asks for.
 *
 * @returns the price that the server asks instead, where it refused a remembered one for it.
 * @throws {BursarError} `payment/*`, `receipt/contradicted`
 */
export function deliver(
  context: PaymentContext,
  call: ChallengedCall,
  terms: DeliveryTerms
): Promise<Response | AnotherPrice> {
  const delivery = new Delivery(context, terms, call.request.signal)
  const { resumed, choice } = terms
  const first = { delivery, resumed, choice }
  const delivering = resumed ? deliverResumed(context, call, first) : attempt(context, call, first)
  return delivering.catch(async (error: unknown) => {
    throw await delivery.fail(error)
  })
}

async function deliverResumed(
  context: PaymentContext,
  call: ChallengedCall,
  first: Attempt
): Promise<Response | AnotherPrice> {
  const response = await answerBySignIn(context, call, first.delivery.purchase)
  return response ? accept(context, call, { ...first, response }) : attempt(context, call, first)
}

async function attempt(
  context: PaymentContext,
  call: ChallengedCall,
  { delivery, resumed, choice }: Attempt
): Promise<Response | AnotherPrice> {
  const response = await sendPayment(context, call, delivery)
  if (!isPaymentRejection(response, delivery.purchase))
    return accept(context, call, { response, delivery, resumed })
  const rejection = await readPaymentRejection(context, call.request, response)
  const fresh = await readFreshChallenge(context, { purchase: delivery.purchase, response })
  const isUnasked = call.isRemembered === true && !resumed
  const corrected =
    delivery.corrected || !fresh
      ? undefined
      : correctEnvelope(delivery.purchase, fresh, { challenge: call.challenge, isUnasked })
  await response.discard()
  const isReissued = choice && (await reissueIfStale(context, call, { delivery, choice, rejection }))
  // What is signed anew is signed after the server has said its price.
  if (isReissued) return attempt(context, { ...call, isRemembered: false }, { delivery, resumed })
  if (corrected && !rejection.settlement) {
    delivery.correct(corrected)
    return attempt(context, call, { delivery, resumed })
  }
  const another =
    isUnasked && !rejection.settlement ? await endAtAnotherPrice(context, delivery, fresh) : undefined
  if (another) return another
  throw await paymentRejectionError(context, delivery, {
    ...rejection,
    signsIn: canSignIn(context, call)
  })
}

/**
 * Asks for an answer that was lost after its payment settled by signing in, where the server lets in who has paid. The
 * same bytes are sent where that gives no answer.
 */
async function answerBySignIn(
  context: PaymentContext,
  call: ChallengedCall,
  purchase: Purchase
): Promise<IncomingResponse | undefined> {
  if (purchase.kind !== 'payment' || purchase.state !== 'settled' || !canSignIn(context, call))
    return undefined
  const { signInAs } = await loadSignIn()
  // A wallet that refuses, or a server that cannot be reached or takes no proof, leaves the bytes, which cannot pay twice.
  const outcome = await signInAs(context, call, [purchase.payer]).catch(() => undefined)
  call.request.signal?.throwIfAborted()
  const response = outcome?.response
  if (!response || response.status < 400) return response
  await response.discard()
  return undefined
}

/** Hands the answer over. If this fails, the body is discarded. */
async function accept(
  context: PaymentContext,
  { request, options: { answerKept } }: ChallengedCall,
  { response, delivery, resumed }: Omit<Answer, 'request' | 'answerKept'>
): Promise<Response> {
  try {
    const wire = loadWire.loaded() ?? (await loadWire())
    await recordReceipt(context, delivery, readSettlement(wire, response))
    return await handOver(context, { request, response, delivery, resumed, answerKept })
  } catch (error) {
    void response.discard()
    throw error
  }
}
