import { BUY_ANEW, type BursarError, bursarErrorOf, isError } from '@bursar/core'
import { FailedCall } from './failed-call.js'
import { NO_MONEY } from './money-words.js'

/** What code does by an option, a model does by what it calls a tool with. */
const buyAnewByTool = 'by other arguments, such as another `purchase` of pay_url'

/** Says what failed, and what happened to the money, so that a model does not simply try again. */
export function failureText(failed: unknown): string {
  const error = failed instanceof FailedCall ? failed.cause : failed
  const message = isError(error) ? error.message : 'It failed'
  const code = bursarErrorOf(error)?.code ?? 'failed'
  return `${message.replace(BUY_ANEW, buyAnewByTool)}\n(${code}; ${moneyText(failed)})`
}

function moneyText(failed: unknown): string {
  // A tool that spends nothing fails with another error.
  if (!(failed instanceof FailedCall)) return 'nothing was paid'
  const { spent, job, cause } = failed
  if (spent === undefined) return 'it is not known what was paid. Ask history before you try again'
  if (job !== undefined) return `${spent} are paid; check_job ${job} has what was bought. Do not buy it again`
  const error = bursarErrorOf(cause)
  if (spent === NO_MONEY) return otherMoneyText(error)
  return error?.code.startsWith('payment/')
    ? `${spent} may be paid; the same call again resumes it and does not pay twice`
    : `${spent} are paid or may be; the same call again may pay anew`
}

/** The ledger has no purchase of this call. It may have resumed or joined that of an equal one, or topped a balance up. */
function otherMoneyText(error: BursarError | undefined): string {
  const { moneyState = 'none', code = '' } = error ?? {}
  if (moneyState === 'none' || moneyState === 'reserved') return 'nothing was paid'
  return code.startsWith('payment/')
    ? 'nothing more was paid than by the equal call before; the same call again resumes that and does not pay twice'
    : 'money was paid or may be. Ask history before you try again'
}
