import { type AnswerCost, type CostTally, isFreeToRepeat, PAID_FAILURE } from '@bursar/core'
import { HttpProblem } from '@bursar/local-server'
import { problemOfRequest } from '../problem-of-request.js'

/**
 * The failure of a call that was paid, or may have been, as clients are told it: with a status that none of them repeats.
 *
 * @returns nothing where the same request again costs nothing more: because nothing was paid, or because the ledger
 * resumes what was signed.
 */
export function paidFailure(thrown: unknown, { cost }: CostTally): HttpProblem | undefined {
  const problem = problemOfRequest(thrown)
  const { code, message, moneyState, headers } = problem
  if (code.startsWith('payment/')) return undefined
  if (!cost) return isFreeToRepeat(problem) || !isOurs(problem) ? undefined : problem
  // The most that it can have cost is counted.
  const isUnsure = moneyState === 'unknown' && isOurs(problem)
  return new HttpProblem({
    status: PAID_FAILURE,
    code,
    message: moneyState === 'settled' ? message : `${message} (${costSentence(cost, isUnsure)})`,
    moneyState: isUnsure ? 'unknown' : 'settled',
    headers
  })
}

function costSentence(cost: AnswerCost, isUnsure: boolean): string {
  return isUnsure
    ? `${costWords(cost)} is counted as its cost.`
    : `${costWords(cost)} was paid for this request.`
}

/** Money of a test network is worth nothing, and an account is billed in dollars. */
function costWords({ amount, source }: AnswerCost): string {
  if (source === 'account') return `$${amount}`
  return source === 'test' ? `${amount} USDC of a test network` : `${amount} USDC`
}

/** Whether the error says itself what may have been paid, and is no fault of which nothing is known. */
function isOurs({ code }: HttpProblem): boolean {
  return code !== 'service_unreachable'
}
