import { type BursarError, bursarErrorOf } from '@bursar/core'
import type { AnotherPrice } from './another-price.js'
import { assertPayable } from './assert-payable.js'
import type { ChallengedCall } from './call.js'
import { discover } from './discover.js'
import { emitUnpaid } from './emit.js'
import { payAndDeliver } from './pay-and-deliver.js'
import type { PaymentContext } from './payment-context.js'
import { paymentError, UNCHARGED } from './payment-error.js'
import { readPrice } from './read-challenge.js'
import { serverAheadSeconds } from './server-clock.js'

/** What keeps a remembered price from being paid before anything is signed, and may be otherwise for what is asked now. */
const mayBeOtherwise: readonly string[] = ['ledger/frozen', 'rpc/unavailable', 'request/host-refused']

/**
 * Pays the price of a call, which it was asked or which is remembered of its place. Where the server refuses a remembered one
 * and asks another, that is paid by a new purchase, if the limits allow both.
 *
 * @throws {BursarError} see each step; `payment/refused` where the other price cannot be paid.
 */
export function payAsked(
  context: PaymentContext,
  call: ChallengedCall,
  discarded: Promise<void>
): Promise<Response> {
  return payAndDeliver(context, call, discarded).then((answer) =>
    'refused' in answer ? payAnother(context, call, answer) : answer
  )
}

/** Pays what the place of a call asked before. Where that cannot be paid, the call asks what it costs now. */
export async function payRemembered(context: PaymentContext, call: ChallengedCall): Promise<Response> {
  try {
    assertPayable(context, call)
    return await payAsked(context, call, Promise.resolve())
  } catch (error) {
    call.memory?.forget()
    if (call.request.signal?.aborted || !mayAsk(error)) throw error
    return askAndPay(context, { ...call, isRemembered: false })
  }
}

function mayAsk(error: unknown): boolean {
  const { code = '' } = bursarErrorOf(error) ?? {}
  return (code.startsWith('offer/') && code !== 'offer/declined') || mayBeOtherwise.includes(code)
}

/** The call as if nothing had been remembered. */
async function askAndPay(context: PaymentContext, call: ChallengedCall): Promise<Response> {
  const discovery = await discover(context, { ...call, request: call.original })
  const { response, request } = discovery
  if (response.status !== 402) return response.toResponse()
  const challenge = await readPrice(context, discovery)
  if ('reason' in challenge) {
    emitUnpaid(context, discovery, challenge)
    return response.toResponse()
  }
  assertPayable(context, discovery)
  const aheadSeconds = serverAheadSeconds(response, context.clock.nowMs())
  const asked = { ...call, request, challenge, serverAheadSeconds: aheadSeconds }
  return payAsked(context, asked, response.discard())
}

async function payAnother(
  context: PaymentContext,
  call: ChallengedCall,
  { challenge, refused, moneyState }: AnotherPrice
): Promise<Response> {
  call.memory?.noteVaries()
  // What is in flight is looked for anew: the payment that was refused is not to be joined.
  const asked = { ...call, challenge, isRemembered: false, seen: undefined }
  try {
    return await payAsked(context, asked, Promise.resolve())
  } catch (cause) {
    const ours = bursarErrorOf(cause)
    if (moneyState === 'none' || isOfSentMoney(ours)) throw cause
    // Its message may say that nothing was signed, which is true of that price alone.
    const why = ours ? `: ${ours.code}` : ''
    throw paymentError('payment/refused', refused, {
      moneyState,
      what: `The server refused the price that it was paid before, and the one that it asks now was not paid${why}`,
      advice: UNCHARGED,
      status: 402,
      cause
    })
  }
}

/** Whether an error is about a payment that was sent: that of the price that is asked now comes before the one refused. */
function isOfSentMoney({ moneyState }: Pick<Partial<BursarError>, 'moneyState'> = {}): boolean {
  return moneyState === 'sent' || moneyState === 'settled' || moneyState === 'unknown'
}
