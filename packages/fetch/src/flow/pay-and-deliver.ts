import { isBursarError, type Offer, type Purchase, type ResumeQuery, sameAddress } from '@bursar/core'
import { asksForSignIn } from './asks-for-sign-in.js'
import type { ChallengedCall } from './call.js'
import { chooseOffer } from './choose-offer.js'
import { confirm } from './confirm.js'
import { deliver } from './deliver.js'
import { noteSpent } from './funds.js'
import { loadSignIn } from './load-sign-in.js'
import type { PaymentContext } from './payment-context.js'
import { preparePayment } from './prepare-payment.js'
import type { ReadyPayment } from './reservation.js'
import { reserveAndSign } from './reserve.js'
import { reserveAlone } from './reserve-alone.js'
import { resume } from './resume.js'

/**
 * Pays the price of a call once, and hands its answer over. Another process may begin an equal call between this call's
 * look and its reservation. Where that matters, the reservation finds it, and this call looks again.
 */
export async function payAndDeliver(
  context: PaymentContext,
  call: ChallengedCall,
  discarded: Promise<void>
): Promise<Response> {
  let query: ResumeQuery | undefined
  let confirmed: Offer | undefined
  for (;;) {
    const found = await resume(context, call, query)
    if (found.purchase) return deliver(context, call, { purchase: found.purchase, resumed: true })
    query = found.query
    if (isSignInDue(call)) return signInOrPay(context, call, discarded)
    const chosen = await chooseOffer(context, call)
    const { choice } = chosen
    let { prepared } = chosen
    if (context.policy.confirm && choice.offer !== confirmed) {
      await confirm(context, call, choice)
      // The user may have taken minutes, of which a payment has few.
      prepared = await preparePayment(context, call, choice)
    }
    confirmed = choice.offer
    const withPayer = query && addPayer(query, prepared.payment.payer)
    if (withPayer) {
      query = withPayer
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
    return deliver(context, call, { purchase, choice, resumed: false })
  }
}

function isSignInDue({ triedSignIn, challenge }: ChallengedCall): boolean {
  return !triedSignIn && asksForSignIn(challenge)
}

/** Signs in, and pays where that gives no answer. */
async function signInOrPay(
  context: PaymentContext,
  call: ChallengedCall,
  discarded: Promise<void>
): Promise<Response> {
  await discarded
  const { signIn } = await loadSignIn()
  const signedIn = await signIn(context, call)
  if (signedIn.response) return signedIn.response.toResponse()
  return payAndDeliver(context, { ...signedIn.call, triedSignIn: true }, discarded)
}

/** @returns `undefined` when there is an equal call by now that this call shares or resumes. */
async function reserveUnlessEqual(
  context: PaymentContext,
  call: ChallengedCall,
  { choice, prepared, resumption: query }: ReadyPayment
): Promise<Purchase | undefined> {
  // Without a name, and where calls are separate, an equal call that has just begun is another purchase.
  const resumption = query?.name !== undefined || query?.inFlight === 'join' ? query : undefined
  try {
    return await reserveAndSign(context, call, { choice, prepared, resumption })
  } catch (error) {
    if (resumption && isBursarError(error, 'purchase/in-progress')) return undefined
    throw error
  }
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
