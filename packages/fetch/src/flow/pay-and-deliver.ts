import { isBursarError, type Offer, type Purchase, type ResumeQuery, sameAddress } from '@bursar/core'
import { assertHostAllowed } from '../assert-host-allowed.js'
import { receiptOf } from '../receipt.js'
import type { AnotherPrice } from './another-price.js'
import { asksForSignIn } from './asks-for-sign-in.js'
import type { ChallengedCall } from './call.js'
import { chooseOffer } from './choose-offer.js'
import { confirm } from './confirm.js'
import { deliver } from './deliver.js'
import { noteSpent } from './funds.js'
import { loadSignIn } from './load-sign-in.js'
import type { PaymentContext } from './payment-context.js'
import { type Prepared, preparePayment } from './prepare-payment.js'
import type { ReadyOffer } from './ready-offer.js'
import type { ReadyPayment } from './reservation.js'
import { reserveAndSign } from './reserve.js'
import { reserveAlone } from './reserve-alone.js'
import { resume } from './resume.js'

/**
 * Pays the price of a call once, and hands its answer over. Another process may begin an equal call between this call's
 * look and its reservation. Where that matters, the reservation finds it, and this call looks again.
 *
 * @returns the price that the server asks instead, where it refused a remembered one for it.
 */
export async function payAndDeliver(
  context: PaymentContext,
  call: ChallengedCall,
  discarded: Promise<void>
): Promise<Response | AnotherPrice> {
  let query: ResumeQuery | undefined
  let confirmed: Offer | undefined
  for (;;) {
    const found = await resume(context, call, query)
    if (found.purchase) return deliver(context, call, { purchase: found.purchase, resumed: true })
    query = found.query
    const { policy } = context
    // It may be another one than when the price was read: equal calls, sign-ins and remembered prices take their time.
    assertHostAllowed(policy, call.request.url, 'signed')
    if (isSignInDue(call)) return signInOrPay(context, call, discarded)
    const chosen = await chooseOffer(context, call)
    const { choice } = chosen
    const prepared = await askFirst(context, call, { chosen, confirmed })
    confirmed = choice.offer
    const withPayer = query && addPayer(query, prepared.payment.payer)
    if (withPayer) {
      query = withPayer
      continue
    }
    if (context.policy.content !== policy.content) {
      // Every step is gone through again.
      confirmed = undefined
      continue
    }
    const ready = { choice, prepared, resumption: query }
    const reserve = () => reserveUnlessEqual(context, call, ready)
    const purchase = await (prepared.payment.isSponsored
      ? reserveAlone(context, call, { prepared, reserve })
      : reserve())
    if (!purchase) continue
    noteSpent(context, choice.offer)
    await discarded
    return remember(call, choice.offer, deliver(context, call, { purchase, choice, resumed: false }))
  }
}

/**
 * Remembers what has settled, and asks the next time where nothing is said to have, or where the server's clock is another: how
 * far they are apart is known of an answer only.
 */
function remember(
  call: ChallengedCall,
  offer: Offer,
  delivering: ReturnType<typeof deliver>
): ReturnType<typeof deliver> {
  const { memory, challenge, request, original, serverAheadSeconds } = call
  if (!memory) return delivering
  return delivering.then((answer) => {
    if ('refused' in answer) return answer
    const isPaidHere = request === original && answer.ok && receiptOf(answer)?.moneyState === 'settled'
    if (isPaidHere && serverAheadSeconds === undefined) memory.noteSettled(challenge, offer)
    else memory.forget()
    return answer
  })
}

/** Asks the user, where that is wanted. */
function askFirst(
  context: PaymentContext,
  call: ChallengedCall,
  { chosen, confirmed }: { readonly chosen: ReadyOffer; readonly confirmed: Offer | undefined }
): Prepared | Promise<Prepared> {
  const { choice, prepared } = chosen
  return !context.policy.confirm || choice.offer === confirmed
    ? prepared
    : askAndPrepare(context, call, choice)
}

/** The user may take minutes, of which a payment has few: it is prepared anew. */
async function askAndPrepare(
  context: PaymentContext,
  call: ChallengedCall,
  choice: ReadyOffer['choice']
): Promise<Prepared> {
  await confirm(context, call, choice)
  return preparePayment(context, call, choice)
}

function isSignInDue({ triedSignIn, challenge }: ChallengedCall): boolean {
  return !triedSignIn && asksForSignIn(challenge)
}

/** Signs in, and pays where that gives no answer. */
async function signInOrPay(
  context: PaymentContext,
  call: ChallengedCall,
  discarded: Promise<void>
): Promise<Response | AnotherPrice> {
  await discarded
  const { signIn } = await loadSignIn()
  const signedIn = await signIn(context, call)
  if (signedIn.response) return signedIn.response.toResponse()
  return payAndDeliver(context, { ...signedIn.call, triedSignIn: true }, discarded)
}

/** @returns `undefined` when there is an equal call by now that this call shares or resumes. */
function reserveUnlessEqual(
  context: PaymentContext,
  call: ChallengedCall,
  { choice, prepared, resumption: query }: ReadyPayment
): Promise<Purchase | undefined> {
  // Without a name, and where calls are separate, an equal call that has just begun is another purchase.
  const resumption = query?.name !== undefined || query?.inFlight === 'join' ? query : undefined
  const reserving = reserveAndSign(context, call, { choice, prepared, resumption })
  if (!resumption) return reserving
  return reserving.catch((error: unknown) => {
    if (isBursarError(error, 'purchase/in-progress')) return undefined
    throw error
  })
}

/**
 * The query that also finds what this account has paid: a wallet may have named no account before, or another.
 *
 * @returns `undefined` when it did already.
 */
function addPayer(query: ResumeQuery, payer: string): ResumeQuery | undefined {
  const { payers } = query
  if (!payers || payers.some((known) => sameAddress(known, payer))) return undefined
  return { ...query, payers: [...payers, payer] }
}
