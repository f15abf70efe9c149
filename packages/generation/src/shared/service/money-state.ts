import type { MoneyState } from '@bursar/core'
import { decodeSettlement } from '@bursar/core/wire'
import type { Operation, ReceiptOf } from './operation.js'

/**
 * The state of the money when an operation fails.
 *
 * A fetch that pays throws by itself when a paid answer is lost or is an error, so an answer that it lets through
 * without a receipt cost nothing. Of a fetch that hands out no receipts nothing is known. An account may have been
 * charged as soon as the request was sent, except where the service rejected it.
 */
export function moneyStateOf(
  { money }: Pick<Operation, 'money'>,
  response: Response | undefined,
  receiptOf: ReceiptOf | undefined
): MoneyState {
  if (money === 'none' || money === 'settled') return money
  const reported = response && (receiptOf?.(response)?.moneyState ?? settlementOf(response))
  if (reported) return reported
  if (response && response.status >= 400 && response.status < 500) return 'none'
  return money === 'fetch' && receiptOf ? 'none' : 'unknown'
}

/** @see x402 v2, HTTP transport */
function settlementOf({ headers }: Response): MoneyState | undefined {
  const text = headers.get('payment-response')
  if (text === null) return undefined
  try {
    return decodeSettlement('PAYMENT-RESPONSE', text)?.success === true ? 'settled' : undefined
  } catch {
    return 'unknown'
  }
}
