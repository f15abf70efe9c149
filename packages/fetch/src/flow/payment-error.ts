import {
  BursarError,
  type ErrorContexts,
  type MoneyState,
  ownAmountOf,
  type PaymentErrorContext,
  type Purchase,
  type PurchaseAuthorization,
  type SignedBytes
} from '@bursar/core'
import { identifierSent } from './identifier-sent.js'
import { type AnswersTo, moneySentence } from './money-sentence.js'

/** Error codes whose context describes a payment. */
type PaymentErrorCode = {
  [Code in keyof ErrorContexts]: ErrorContexts[Code] extends PaymentErrorContext ? Code : never
}[keyof ErrorContexts]

/** What an error says about its purchase. */
export interface PaymentFacts extends Pick<Purchase, 'id' | 'offer'> {
  readonly authorization?: PurchaseAuthorization | undefined
  readonly transaction?: string | undefined
  readonly bytes?: SignedBytes | undefined
}

/** What happens to the money where a call signs something that it never sends. */
export const DISCARDED = 'Nothing of it can settle: its signature is discarded. The call may be made again.'

/** What happens to the money where the server has answered and taken nothing of what it may take. */
export const UNCHARGED =
  'As far as is known nothing was taken, and the amount is held until the chain proves that it cannot be. The same call is a new purchase.'

/** Details that the purchase does not have. */
export interface PaymentErrorDetails {
  readonly moneyState: MoneyState
  readonly what: string
  /** What happens to the money, where the state alone does not say it. */
  readonly advice?: string | undefined
  /** A sentence on what may be wrong. */
  readonly hint?: string | undefined
  /** Whether the server lets in who has paid, and an account here can sign in. */
  readonly signsIn?: boolean | undefined
  readonly status?: number | undefined
  readonly reason?: string | undefined
  readonly cause?: unknown
}

/** Builds an error that says where the money is and what to do, from the state that the ledger and the chain know. */
export function paymentError(
  code: PaymentErrorCode,
  purchase: PaymentFacts,
  { moneyState, what, advice, hint, signsIn, status, reason, cause }: PaymentErrorDetails
): BursarError<PaymentErrorCode> {
  const { offer, transaction } = purchase
  // Copied one by one: an object that was just signed also holds its signature.
  const { payer = '', reference = '', expiresAtSeconds = 0 } = purchase.authorization ?? {}
  const context: PaymentErrorContext = {
    purchase: purchase.id,
    network: offer.network,
    payTo: offer.payTo,
    ...ownAmountOf(offer),
    payer,
    reference,
    expiresAtSeconds,
    status,
    reason,
    transaction
  }
  return new BursarError(code, {
    message: [
      `${what}${reason ? ` (${reason})` : ''}.`,
      hint,
      advice ?? moneySentence(moneyState, context, answersToOf(purchase, signsIn)),
      `Purchase ${purchase.id}.`
    ]
      .filter((sentence) => sentence !== undefined)
      .join(' '),
    context,
    moneyState,
    cause
  })
}

function answersToOf(purchase: PaymentFacts, signsIn = false): AnswersTo | undefined {
  if (signsIn) return 'sign-in'
  return identifierSent(purchase) === undefined ? undefined : 'identifier'
}
