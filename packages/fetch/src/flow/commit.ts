import {
  BursarError,
  type Challenge,
  formatUsdc,
  isBursarError,
  type Purchase,
  type Reservation
} from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import { askChain } from './ask-chain.js'
import type { Choice } from './choose-offer.js'
import type { Call, Desk } from './desk.js'
import { announce, follow } from './move.js'
import { newPurchaseId } from './purchase-id.js'
import { type ReadyPayment, readyPayment } from './ready-payment.js'
import { refuseSurge, usualCost } from './remembered.js'

/**
 * Steps 5 to 7: asks the user, readies the payment, takes its cost out of the budgets, signs, and writes
 * the signed bytes down. Nothing has been sent when it returns.
 *
 * @throws {BursarError} `offer/declined`, `offer/over-limit`, `offer/domain-mismatch`, `purchase/name-taken`,
 * `signer/failed`, `rpc/unavailable`, `ledger/frozen`, `ledger/unavailable`
 */
export async function commit(
  desk: Desk,
  call: Call,
  fingerprint: string,
  challenge: Challenge,
  choice: Choice
): Promise<Purchase> {
  await confirm(desk, call.request, choice)
  const ready = await readyPayment(desk, call, challenge, choice)
  const reserved = await reserve(desk, describe(desk, call, fingerprint, challenge, choice), ready)
  announce(desk, 'reserved', reserved)
  const signed = reserved.state === 'signed' ? reserved : await sign(desk, reserved, ready)
  announce(desk, 'signed', signed)
  return signed
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
    usual: usual === undefined ? undefined : formatUsdc(usual)
  }
  if ((await desk.policy.confirm(proposal)) === true) return
  throw new BursarError('offer/declined', {
    message: `confirm declined to pay ${amount} USDC to ${url.host}. Nothing was signed.`,
    context: { amount, payTo, network },
    moneyState: 'none'
  })
}

/** Takes the cost out of the budgets, and signs in the same step where the payer can at once. */
async function reserve(
  desk: Desk,
  reservation: Reservation,
  ready: ReadyPayment,
  isSwept = false
): Promise<Purchase> {
  const { signSync } = ready.prepared
  let isSigned = false
  const sign =
    signSync &&
    (() => {
      ready.signal?.throwIfAborted()
      const payment = signSync()
      isSigned = true
      return ready.toEvent(payment)
    })
  try {
    return await desk.ledger.reserve(reservation, sign)
  } catch (error) {
    if (isSigned) {
      // Should the ledger have the bytes after all, an equal call takes them up instead of signing anew.
      await desk.ledger.recordEvent(reservation.id, { type: 'failed' }).catch(() => {})
      throw unwritten(error)
    }
    // Authorizations that died unused still hold their budget until the chain has been asked.
    if (!isSwept && isBursarError(error, 'offer/over-limit') && (await sweep(desk)))
      return reserve(desk, reservation, ready, true)
    throw error
  }
}

async function sweep(desk: Desk): Promise<boolean | undefined> {
  const loaded = await import('./sweep.js').catch(() => undefined)
  return loaded?.sweep(desk, askChain)
}

/** Signs what is reserved, where the signature must be waited for. */
async function sign(
  desk: Desk,
  reserved: Purchase,
  { prepared, signal, toEvent }: ReadyPayment
): Promise<Purchase> {
  let isSigned = false
  try {
    signal?.throwIfAborted()
    const payment = await prepared.sign()
    isSigned = true
    return await desk.ledger.recordEvent(reserved.id, toEvent(payment))
  } catch (error) {
    await follow(desk, reserved, { type: 'released' })
    await follow(desk, reserved, { type: 'failed' })
    throw isSigned ? unwritten(error) : error
  }
}

/** The error of a payment that was signed and that the ledger would not take. */
export function unwritten(cause: unknown): BursarError {
  const reason = 'its record may be missing'
  return new BursarError('ledger/unavailable', {
    message: `The payment was signed and not sent: ${reason}.`,
    context: { reason },
    moneyState: 'signed',
    cause
  })
}
