import type { Settlement, SettleOptions } from '../facilitator/facilitator.js'
import type { RejectionReason } from '../facilitator/rejection-reasons.js'
import { errorResponse, type HttpResponse, withHeaders } from '../server/response.js'
import type { Fulfilment } from './charge.js'
import { fulfil, withCharge } from './fulfil.js'
import type { PaymentAttempt } from './payment-attempt.js'
import type { Outcome, PendingOutcome } from './payment-records.js'

/** Verifies a payment, settles it, and does the work it paid for. */
export async function settleAttempt(attempt: PaymentAttempt): Promise<Outcome> {
  const { quoted, facilitator, payment } = attempt
  const clockOffsetSeconds = quoted.faults.clockOffsetSeconds()
  const verdict = await facilitator.verify(payment, { clockOffsetSeconds })
  const reason = verdict.ok ? quoted.faults.rejection() : verdict.reason
  if (reason) return { kind: 'rejected', reason }
  const options = { ...quoted.faults.settleOptions(), clockOffsetSeconds }
  if (payment.requirements.scheme === 'upto') return settleCharge(attempt, options)
  return conclude(attempt, await facilitator.settle(payment, options))
}

/** Looks again for a transaction that was sent before, and does the work when it has landed. */
export async function retryPending(
  attempt: PaymentAttempt,
  { transaction, work }: PendingOutcome
): Promise<Outcome> {
  const charged = work ? withCharge(attempt, work) : attempt
  return conclude(charged, await charged.facilitator.findSettlement(charged.payment, transaction), work)
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

/** Does the work of an upto payment, and takes what it costs. Work that failed costs nothing, and nothing is settled. */
async function settleCharge(attempt: PaymentAttempt, options: SettleOptions): Promise<Outcome> {
  const work = await fulfil(attempt, '')
  if (work.response.status >= 400) return { kind: 'fulfilled', response: work.response }
  const charged = withCharge(attempt, work)
  return conclude(charged, await charged.facilitator.settle(charged.payment, options), work)
}

/** @param work of an upto payment, which is done already. */
async function conclude(
  attempt: PaymentAttempt,
  settlement: Settlement,
  work?: Fulfilment
): Promise<Outcome> {
  const { outcome, transaction = '' } = settlement
  switch (outcome) {
    case 'pending':
      return { kind: 'pending', transaction, ...(work && { work }) }
    case 'failed':
      return { kind: 'failed', reason: settlement.reason, transaction }
    case 'settled': {
      const { response } = work ?? (await fulfil(attempt, transaction))
      const headers = receiptHeaders(attempt, { success: true, transaction })
      return { kind: 'fulfilled', response: withHeaders(response, headers) }
    }
  }
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
