import {
  BursarError,
  type Challenge,
  encodeHeader,
  formatUsdc,
  isBursarError,
  type PaymentHeader,
  type PreparedPayment,
  type Purchase,
  type Reservation,
  type SignedPayment
} from '@bursar/core'
import type { CapturedRequest } from '../request/captured-request.js'
import type { Choice } from './choose-offer.js'
import type { Call, Desk } from './desk.js'
import { announce, follow } from './move.js'
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
  const { request } = call
  await confirm(desk, request, choice)
  request.signal?.throwIfAborted()
  const prepared = await choice.payer.prepare(choice.offer, {
    dialect: challenge.dialect,
    maxValiditySeconds: desk.settings.maxValiditySeconds,
    ...(request.signal ? { signal: request.signal } : {})
  })
  request.signal?.throwIfAborted()
  const reserved = await reserve(desk, describe(desk, call, fingerprint, challenge, choice))
  announce(desk, 'reserved', reserved)
  const payment = await sign(desk, reserved, prepared, request.signal)
  return write(desk, reserved, payment, (payload) => headerOf(challenge, choice, payload))
}

/**
 * Signs anew within a purchase whose payment the chain has proven dead, and writes the new bytes down. The
 * purchase keeps its offer, its amount and its place in the budgets.
 *
 * @throws {BursarError} `signer/failed`, `rpc/unavailable`, `ledger/unavailable`
 */
export async function replace(
  desk: Desk,
  { request: { signal } }: Call,
  challenge: Challenge,
  choice: Choice,
  purchase: Purchase
): Promise<Purchase> {
  const prepared = await choice.payer.prepare(choice.offer, {
    dialect: challenge.dialect,
    maxValiditySeconds: desk.settings.maxValiditySeconds,
    ...(purchase.payment ? { replaces: purchase.payment } : {}),
    ...(signal ? { signal } : {})
  })
  signal?.throwIfAborted()
  const payment = await prepared.sign()
  const header = headerOf(challenge, choice, payment.payload)
  const replaced = await desk.ledger.advance(purchase.id, { type: 'replaced', payment, header })
  announce(desk, 'signed', replaced)
  return replaced
}

function headerOf(challenge: Challenge, { offer }: Choice, payload: SignedPayment['payload']): PaymentHeader {
  const { dialect } = challenge
  return { name: dialect.requestHeader, value: encodeHeader(dialect.payment(challenge, offer, payload)) }
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

async function reserve(desk: Desk, reservation: Reservation): Promise<Purchase> {
  try {
    return await desk.ledger.reserve(reservation)
  } catch (error) {
    // Authorizations that died unused still hold their budget until the chain has been asked.
    if (isBursarError(error, 'offer/over-limit') && (await sweep(desk)))
      return desk.ledger.reserve(reservation)
    throw error
  }
}

async function sign(
  desk: Desk,
  reserved: Purchase,
  prepared: PreparedPayment,
  signal: AbortSignal | undefined
): Promise<SignedPayment> {
  try {
    signal?.throwIfAborted()
    return await prepared.sign()
  } catch (error) {
    await follow(desk, reserved, { type: 'released' })
    await follow(desk, reserved, { type: 'failed' })
    throw error
  }
}

async function write(
  desk: Desk,
  reserved: Purchase,
  payment: SignedPayment,
  toHeader: (payload: SignedPayment['payload']) => PaymentHeader
): Promise<Purchase> {
  try {
    const header = toHeader(payment.payload)
    const signed = await desk.ledger.advance(reserved.id, { type: 'signed', payment, header })
    announce(desk, 'signed', signed)
    return signed
  } catch (cause) {
    await follow(desk, reserved, { type: 'released' })
    throw new BursarError('ledger/unavailable', {
      message: `The payment was signed and could not be written down, so it was not sent.`,
      context: { reason: 'the payment could not be written down' },
      moneyState: 'signed',
      cause
    })
  }
}
