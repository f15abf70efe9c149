import {
  BursarError,
  type Challenge,
  formatUsdc,
  isBursarError,
  type Purchase,
  type Reservation,
  type SignedEvent
} from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import type { Choice } from './choose-offer.js'
import type { Call, Desk } from './desk.js'
import { announce, follow } from './move.js'
import { type Pen, takePen } from './pen.js'
import { newPurchaseId } from './purchase-id.js'
import { refuseSurge, usualCost } from './remembered.js'
import { sweep } from './sweep.js'

/**
 * Steps 5 to 7: asks the user, readies the payment, takes its cost out of the budgets, signs, and writes
 * the signed bytes down. Nothing has been sent when it returns.
 *
 * @throws {BursarError} `offer/declined`, `offer/over-limit`, `offer/domain-mismatch`, `signer/failed`,
 * `rpc/unavailable`, `ledger/unavailable`
 */
export async function commit(
  desk: Desk,
  call: Call,
  fingerprint: string,
  challenge: Challenge,
  choice: Choice
): Promise<Purchase> {
  await confirm(desk, call.request, choice)
  const pen = await takePen(desk, call, challenge, choice)
  const opened = await open(desk, describe(desk, call, fingerprint, challenge, choice), pen)
  announce(desk, 'reserved', opened)
  const signed = opened.state === 'signed' ? opened : await sign(desk, opened, pen)
  announce(desk, 'signed', signed)
  return signed
}

/**
 * Signs anew within a purchase whose payment the chain has proven dead, and writes the new bytes down. The
 * purchase keeps its offer, its amount and its place in the budgets.
 *
 * @throws {BursarError} `signer/failed`, `rpc/unavailable`, `ledger/unavailable`
 */
export async function replace(
  desk: Desk,
  call: Call,
  challenge: Challenge,
  choice: Choice,
  purchase: Purchase
): Promise<Purchase> {
  const pen = await takePen(desk, call, challenge, choice, purchase.payment)
  const replaced = await desk.ledger.advance(purchase.id, { ...(await pen.sign()), type: 'replaced' })
  announce(desk, 'signed', replaced)
  return replaced
}

/** What the ledger is told of a payment before it is made. */
export function describe(
  desk: Desk,
  { request, options }: Call,
  fingerprint: string,
  { dialect }: Challenge,
  { offer }: Choice
): Reservation {
  return {
    id: newPurchaseId(desk),
    name: options.purchase,
    fingerprint,
    method: request.method,
    origin: request.url.origin,
    path: request.url.pathname,
    offer: {
      dialect: dialect.name,
      network: offer.network.id,
      asset: offer.asset.address,
      payTo: offer.payTo,
      amountAtomic: offer.amountAtomic,
      cost: offer.cost
    },
    budgets: desk.policy.limits.budgets(request.url.host, options.labels ?? {}),
    labels: options.labels ?? {}
  }
}

async function confirm(desk: Desk, { method, url }: CapturedRequest, { offer }: Choice): Promise<void> {
  const usual = await usualCost(desk, url)
  if (!desk.policy.confirm) {
    const refusal = usual === undefined ? undefined : refuseSurge(desk, url, offer, usual)
    if (refusal) throw refusal
    return
  }
  const amount = formatUsdc(offer.cost)
  const network = offer.network.id
  const { payTo } = offer
  const proposal = {
    method,
    host: url.host,
    path: url.pathname,
    amount,
    network,
    asset: offer.asset.address,
    payTo,
    ...(usual === undefined ? {} : { usual: formatUsdc(usual) })
  }
  if ((await desk.policy.confirm(proposal)) === true) return
  throw new BursarError('offer/declined', {
    message: `confirm declined to pay ${amount} USDC to ${url.host}. Nothing was signed.`,
    context: { amount, payTo, network },
    moneyState: 'none'
  })
}

/** Takes the cost out of the budgets, and signs in the same step where that needs no wait. */
async function open(desk: Desk, reservation: Reservation, pen: Pen, isSwept = false): Promise<Purchase> {
  const { signNow } = pen
  let event: SignedEvent | undefined
  const sign = signNow && (() => (event = signNow()))
  try {
    return await desk.ledger.reserve(reservation, sign)
  } catch (error) {
    if (event) throw unwritten(error)
    pen.signal?.throwIfAborted()
    // Authorizations that died unused still hold their budget until the chain has been asked.
    if (!isSwept && isBursarError(error, 'offer/over-limit') && (await sweep(desk)))
      return open(desk, reservation, pen, true)
    throw error
  }
}

async function sign(desk: Desk, reserved: Purchase, pen: Pen): Promise<Purchase> {
  let event: SignedEvent | undefined
  try {
    event = await pen.sign()
    return await desk.ledger.advance(reserved.id, event)
  } catch (error) {
    await follow(desk, reserved, { type: 'released' })
    if (event) throw unwritten(error)
    await follow(desk, reserved, { type: 'failed' })
    throw error
  }
}

function unwritten(cause: unknown): BursarError<'ledger/unavailable'> {
  return new BursarError('ledger/unavailable', {
    message: `The payment was signed and could not be written down, so it was not sent.`,
    context: { reason: 'the payment could not be written down' },
    moneyState: 'signed',
    cause
  })
}
