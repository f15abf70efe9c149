import type { Receipt } from '@bursar/fetch'
import { networkName } from './network-name.js'

/** Of a text that is paid directly. */
export const WHOLE_RESERVE = 'That is the whole reserve: from a prepaid balance a text costs what it used.'

/** Of a server that settles before it begins. */
export const CHARGES_FIRST = 'The server takes the money before it begins, and keeps it when it fails.'

/** Says what an answer cost. */
export function receiptLine({
  amount,
  symbol,
  isTest,
  paidFor,
  network,
  transaction,
  resumed
}: Receipt): string {
  const how = resumed ? 'Resumed an earlier payment of' : 'Paid'
  const line = `${how} ${amount} ${symbol}${isTest ? ' (test money)' : ''} on ${networkName(network)}${transaction ? `, ${transaction}` : ''}.\n`
  return paidFor === 'reserve' ? `${line}${WHOLE_RESERVE}\n` : line
}

/** A receipt as JSON has it: amounts as text. */
export function receiptJson(receipt: Receipt | undefined): object | null {
  return receipt
    ? {
        ...receipt,
        amountAtomic: String(receipt.amountAtomic),
        networkName: networkName(receipt.network)
      }
    : null
}

/** Headers that carry an account's key. */
const credentials = ['authorization', 'x-api-key', 'x-api-secret', 'api-key'] as const

/** What is said of an answer that was not paid for by x402. The service may have billed an account for it all the same. */
export function unpaidLine({ status, ok }: Response, requestHeaders: Headers): string {
  const sent = credentials.filter((name) => requestHeaders.has(name))
  if (!ok || sent.length === 0) return `Nothing was paid for it (${status}).\n`
  return `Nothing was paid by x402 (${status}). The request carried ${sent.join(' and ')}: what the service bills that account for is outside Bursar's limits and record.\n`
}
