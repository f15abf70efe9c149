import type { ChallengedCall } from './call.js'
import { chooseOffer } from './choose-offer.js'
import { confirm } from './confirm.js'
import { deliver } from './deliver.js'
import type { PaymentContext } from './payment-context.js'
import { preparePayment } from './prepare-payment.js'
import { reserveAndSign } from './reserve.js'
import { resume } from './resume.js'

/** Pays the price of a call once, and hands its answer over. */
export async function payAndDeliver(
  context: PaymentContext,
  call: ChallengedCall,
  discarded: Promise<void>
): Promise<Response> {
  const resumed = await resume(context, call)
  if (resumed) return deliver(context, call, { purchase: resumed, resumed: true })

  const choice = await chooseOffer(context, call)
  await confirm(context, call, choice)
  const prepared = await preparePayment(context, call, choice)
  const purchase = await reserveAndSign(context, call, { choice, prepared })
  await discarded
  return deliver(context, call, { purchase, choice, resumed: false })
}
