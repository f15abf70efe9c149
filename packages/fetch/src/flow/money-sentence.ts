import { BUY_ANEW, type MoneyState, type PaymentErrorContext } from '@bursar/core'

/** How a server gives an answer again that was paid for. */
export type AnswersTo = 'identifier' | 'sign-in'

/**
 * Says what has happened to the money, and what can be done.
 *
 * @param answersTo how the server gives its answer again: to an identifier that it was given, or to who signs in and has
 * paid. Absent: it does not say that it does.
 */
export function moneySentence(
  state: MoneyState,
  context: PaymentErrorContext,
  answersTo: AnswersTo | undefined
): string {
  const { amount, symbol, expiresAtSeconds } = context
  switch (state) {
    case 'settled':
      return settledSentence(context, answersTo)
    case 'none':
    case 'reserved':
      return 'The chain proves that nothing was paid and nothing can be; the call may be made again.'
    default:
      return (
        `${amount} ${symbol} can still be taken until ${isoTime(expiresAtSeconds)}; ` +
        'until then the same call sends the same payment again and never a second one.'
      )
  }
}

/** A server that has refused the same bytes with 402 does not give its answer to them again. */
function settledSentence(
  { amount, symbol, transaction, status }: PaymentErrorContext,
  answersTo: AnswersTo | undefined
): string {
  const paid = `${amount} ${symbol} were paid${transaction ? ` in ${transaction}` : ''}`
  if (answersTo === 'sign-in')
    return `${paid}, and the server lets in who has paid: the same call signs in, asks for the answer and does not pay again.`
  if (status === 402)
    return `${paid}${transaction ? ', which is the evidence' : ''}, and the server does not give its answer to that payment again. ${buyAnew}`
  return answersTo === 'identifier'
    ? `${paid}, and the server keeps its answers: the same call asks for this one and does not pay again.`
    : `${paid}. The same call sends that payment once more and does not pay again, but the server does not say that it keeps its answers. ${buyAnew}`
}

const buyAnew = `A new purchase is made only on purpose: ${BUY_ANEW}.`

function isoTime(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? 'an unknown time' : date.toISOString()
}
