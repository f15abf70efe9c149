import { decodeSettlement, isBursarError, type Purchase, type Settlement } from '@bursar/core'
import { attachReceipt, createReceipt } from '../receipt.js'
import type { Answer } from '../transport/answer.js'
import { askChain } from './ask-chain.js'
import type { Call, Desk } from './desk.js'
import { announce, follow } from './move.js'
import { paymentError } from './payment-error.js'
import { readChallenge } from './read-challenge.js'
import { sendPaid } from './send-paid.js'

/** Signs anew in place of a payment that the server refused and the chain has proven dead; nothing when it may not be. */
export type Remake = (refused: Purchase, reason: string | undefined) => Promise<Purchase | undefined>

/** How a purchase is delivered. */
export interface Delivery {
  /** It was signed by an earlier call. */
  readonly resumed: boolean
  readonly remake?: Remake
}

/**
 * Steps 7 to 9: sends a signed purchase and turns what comes back into the caller's answer or an error
 * that says what happened to the money. A Solana payment that came too late for its blockhash is made anew, once,
 * when the chain proves that it never landed.
 *
 * @throws {BursarError} `payment/*`, `receipt/contradicted`
 */
export async function deliver(
  desk: Desk,
  call: Call,
  signed: Purchase,
  delivery: Delivery
): Promise<Response> {
  const { signal } = call.request
  let ended: Promise<Purchase> | undefined
  const end: End = (type) => {
    signal?.removeEventListener('abort', onAbort)
    ended ??= follow(desk, signed, { type })
    return ended
  }
  // Whoever gives up may call again at once, whatever is still being waited for here.
  const onAbort = (): void => void end('failed')
  signal?.addEventListener('abort', onAbort)
  try {
    return await attempt(desk, call, signed, delivery, end)
  } catch (error) {
    await end('failed')
    throw error
  }
}

/** Ends the call, once: what is told first holds. */
type End = (type: 'answered' | 'failed') => Promise<Purchase>

async function attempt(
  desk: Desk,
  call: Call,
  signed: Purchase,
  { resumed, remake }: Delivery,
  end: End
): Promise<Response> {
  const { answer, purchase } = await sendPaid(desk, call, signed)
  const settlement = readSettlement(answer)
  // Where the server refuses and says that it settled, the chain is asked which is true.
  if (isRefusal(answer.status)) {
    const reason = await reasonOf(desk, answer, settlement)
    await answer.discard()
    const remade = await remake?.(purchase, reason)
    if (remade) return attempt(desk, call, remade, { resumed }, end)
    throw await refusal(desk, purchase, answer.status, reason)
  }
  const known = await noteSettlement(desk, purchase, settlement, answer)
  return handOver(desk, known, answer, resumed, end)
}

/** Browsers show a redirect that was not followed as status 0. */
function isRefusal(status: number): boolean {
  return status === 402 || status >= 500 || (status >= 300 && status < 400) || status === 0
}

/** Statuses that SDKs answer by calling again, by themselves. */
const retried = [408, 409, 425, 429]

async function handOver(
  desk: Desk,
  purchase: Purchase,
  answer: Answer,
  resumed: boolean,
  end: End
): Promise<Response> {
  const { status } = answer
  // A refusal that left the payment open, or that asks to be called again, is no answer: an equal call
  // takes the payment up again, also one that comes before this body is read.
  const unanswered = status >= 400 && (purchase.state !== 'settled' || retried.includes(status))
  if (unanswered) await end('failed')
  let told: Promise<void> | undefined
  const tell = async (failure: unknown): Promise<void> => {
    const type = failure === undefined && !unanswered ? 'answered' : 'failed'
    const ended = await end(type)
    announce(desk, ended.call === 'failed' ? 'failed' : type, ended, status)
  }
  const response = answer.toResponse((failure) => {
    told ??= tell(failure)
    return told
  })
  const { payer = '', reference = '' } = purchase.authorization ?? {}
  return attachReceipt(response, createReceipt(purchase, payer, reference, resumed))
}

/** The server's word on the settlement; a header that cannot be read is as good as none. */
function readSettlement(answer: Answer): Settlement | undefined {
  for (const header of ['PAYMENT-RESPONSE', 'X-PAYMENT-RESPONSE']) {
    const text = answer.header(header.toLowerCase())
    if (text === undefined) continue
    try {
      return decodeSettlement(header, text)
    } catch (error) {
      if (isBursarError(error)) return undefined
      throw error
    }
  }
  return undefined
}

async function noteSettlement(
  desk: Desk,
  purchase: Purchase,
  settlement: Settlement | undefined,
  answer: Answer
): Promise<Purchase> {
  if (!settlement?.success || contradicts(purchase, settlement)) return purchase
  const { transaction } = settlement
  const reason = await desk.verify?.(purchase, transaction)
  if (reason !== undefined) {
    await answer.discard()
    const known = await askChain(desk, purchase)
    throw paymentError('receipt/contradicted', known.purchase, {
      ...known,
      what: 'The chain contradicts the receipt',
      reason
    })
  }
  const event = { type: 'settled', transaction } as const
  const settled = await follow(desk, purchase, event)
  announce(desk, 'settled', settled)
  return settled
}

/** A settlement of another payment is not believed. */
function contradicts({ offer, payment }: Purchase, { network, payer, amount }: Settlement): boolean {
  if (network?.includes(':') && network !== offer.network) return true
  if (amount !== undefined && /^\d+$/.test(amount) && BigInt(amount) !== offer.amountAtomic) return true
  return payer !== undefined && payment !== undefined && payer.toLowerCase() !== payment.payer.toLowerCase()
}

/** Why the server did not take the payment, in its own words. */
async function reasonOf(
  desk: Desk,
  answer: Answer,
  settlement: Settlement | undefined
): Promise<string | undefined> {
  return settlement?.reason ?? (answer.status === 402 ? await challengeReason(desk, answer) : undefined)
}

async function refusal(
  desk: Desk,
  purchase: Purchase,
  status: number,
  reason: string | undefined
): Promise<Error> {
  const known = await askChain(desk, purchase)
  announce(desk, status === 402 ? 'refused' : 'failed', known.purchase, status)
  const [code, what] =
    status === 402
      ? (['payment/refused', 'The server refused the payment with 402'] as const)
      : status >= 500
        ? (['payment/failed', `The server failed with ${status} after the payment was sent`] as const)
        : ([
            'payment/redirected',
            `The server answered the payment with a redirect (${status}), not followed`
          ] as const)
  return paymentError(code, known.purchase, {
    moneyState: known.moneyState,
    what,
    status,
    reason
  })
}

/** A payment that did not pass verification is answered with a fresh challenge that says why. */
async function challengeReason(desk: Desk, answer: Answer): Promise<string | undefined> {
  try {
    return (await readChallenge(answer, desk.registry))?.error
  } catch {
    return undefined
  }
}
