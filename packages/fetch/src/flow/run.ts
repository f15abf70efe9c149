import { fingerprint } from '../request/fingerprint.js'
import { assertPayable } from './assert-payable.js'
import type { Call, ChallengedCall } from './call.js'
import { chooseOffer } from './choose-offer.js'
import { confirm } from './confirm.js'
import { deliver } from './deliver.js'
import { discover } from './discover.js'
import { emitChallenged } from './emit.js'
import type { PaymentContext } from './payment-context.js'
import { preparePayment } from './prepare-payment.js'
import { readPrice } from './read-challenge.js'
import { reserveAndSign } from './reserve.js'
import { resume } from './resume.js'

/**
 * One call, from the unpaid request to the answer. Anything but a 402 of x402's goes back untouched.
 *
 * @throws {BursarError} see each step
 */
export async function run(context: PaymentContext, call: Call): Promise<Response> {
  const discovery = await discover(context, call)
  const challenge = await readPrice(context, discovery)
  if (!challenge) return discovery.response.toResponse()
  const drained = discovery.response.discard()
  emitChallenged(context, discovery.request)
  assertPayable(context, discovery)

  const challenged: ChallengedCall = {
    ...call,
    request: discovery.request,
    original: call.request,
    challenge,
    fingerprint: await fingerprint(call.request, context.sha256, call.options.tenant)
  }
  const resumed = await resume(context, challenged)
  if (resumed) return deliver(context, challenged, { purchase: resumed, resumed: true })

  const choice = await chooseOffer(context, challenged)
  await confirm(context, challenged, choice)
  const prepared = await preparePayment(context, challenged, choice)
  const purchase = await reserveAndSign(context, challenged, { choice, prepared })
  await drained
  return deliver(context, challenged, { purchase, choice, resumed: false })
}
