import { errorResponse, HttpError } from '../server/response.js'
import type { Fulfilment } from './charge.js'
import type { PaymentAttempt } from './payment-attempt.js'

/** Does the work of a payment once. Work that fails is answered with 500. */
export async function fulfil(attempt: PaymentAttempt, transaction: string): Promise<Fulfilment> {
  const { quoted, facilitator, payment, identity } = attempt
  const amountAtomic = BigInt(payment.requirements.amount)
  try {
    const done = await quoted.charge.fulfil({ payer: identity.payer, facilitator, amountAtomic, transaction })
    return 'response' in done ? done : { response: done }
  } catch (error) {
    const when = transaction === '' ? 'before' : 'after'
    const { code, message } =
      error instanceof HttpError ? error : { code: 'internal_error', message: 'The work failed' }
    return { response: errorResponse(500, code, `${message} ${when} the payment was settled.`) }
  }
}

/** The attempt with what is to be taken of an upto payment in place of the most. */
export function withCharge(attempt: PaymentAttempt, { chargeAtomic }: Fulfilment): PaymentAttempt {
  if (chargeAtomic === undefined) return attempt
  const { payment } = attempt
  const requirements = { ...payment.requirements, amount: String(chargeAtomic) }
  return { ...attempt, payment: { ...payment, requirements } }
}
