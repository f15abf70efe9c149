import type { Settlement } from '../facilitator/facilitator.js'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import { errorResponse, type HttpResponse, withHeaders } from '../server/response.js'
import type { PaymentAttempt } from './payment-attempt.js'
import type { Outcome } from './payment-records.js'

/** Verifies a payment, settles it, and does the work it paid for. */
export async function settleAttempt(attempt: PaymentAttempt): Promise<Outcome> {
  const { quoted, facilitator, payment } = attempt
  const clockOffsetSeconds = quoted.faults.clockOffsetSeconds()
  const verdict = await facilitator.verify(payment, { clockOffsetSeconds })
  const reason = verdict.ok ? quoted.faults.rejection() : verdict.reason
  if (reason) return { kind: 'rejected', reason }
  const options = { ...quoted.faults.settleOptions(), clockOffsetSeconds }
  return conclude(attempt, await facilitator.settle(payment, options))
}

/** Looks again for a transaction that was sent before, and does the work when it has landed. */
export async function retryPending(attempt: PaymentAttempt, transaction: string): Promise<Outcome> {
  return conclude(attempt, await attempt.facilitator.findSettlement(attempt.payment, transaction))
}

/** The answer to a settlement that failed. It has a PAYMENT-RESPONSE and no new challenge. */
export function failedSettlement(
  attempt: PaymentAttempt,
  errorReason: RejectionReason,
  transaction: string
): HttpResponse {
  const response = errorResponse(402, 'settlement_failed', errorReason)
  return withHeaders(response, receiptHeaders(attempt, { success: false, errorReason, transaction }))
}

async function conclude(attempt: PaymentAttempt, settlement: Settlement): Promise<Outcome> {
  switch (settlement.outcome) {
    case 'pending':
      return { kind: 'pending', transaction: settlement.transaction }
    case 'failed':
      return { kind: 'failed', reason: settlement.reason, transaction: settlement.transaction ?? '' }
    case 'settled':
      return { kind: 'fulfilled', response: await fulfil(attempt, settlement.transaction) }
  }
}

async function fulfil(attempt: PaymentAttempt, transaction: string): Promise<HttpResponse> {
  const { quoted, facilitator, payment, identity } = attempt
  const amountAtomic = BigInt(payment.requirements.amount)
  const response = await quoted.charge
    .fulfil({ payer: identity.payer, facilitator, amountAtomic, transaction })
    .catch(() => errorResponse(500, 'internal_error', 'The work failed after the payment was settled.'))
  return withHeaders(response, receiptHeaders(attempt, { success: true, transaction }))
}

function receiptHeaders(
  { quoted, facilitator, payment, identity }: PaymentAttempt,
  result: {
    readonly success: boolean
    readonly errorReason?: RejectionReason
    readonly transaction: string
  }
): Readonly<Record<string, string>> {
  const { amount } = payment.requirements
  return quoted.charge.protocol.receipt({ ...result, payer: identity.payer, facilitator, amount })
}
