import { formatUsdc } from '@bursar/core'
import type { PrepaidService } from '@bursar/prepaid'
import { readMovements, readPrepaidBalance, readShortfall, readTopUp } from './wire/prepaid.js'

const API = '/api/v1'
const PAGE = 50
/** The largest difference by which the service's clock may be behind ours. */
const MAX_CLOCK_SKEW_MS = 60_000

/**
 * Venice's wallet credits. A top-up has no body: it is of what Venice asks, 5 USDC at least, and of nothing else.
 *
 * @see https://docs.venice.ai/api-reference/endpoint/x402/top-up
 */
export const veniceBalance: PrepaidService = {
  name: 'venice',
  topUp: () => ({ path: `${API}/x402/top-up` }),
  rejectionReason: ({ cost }, amount) =>
    cost === amount
      ? undefined
      : `it is for a top-up of ${formatUsdc(cost)} USDC, not of ${formatUsdc(amount)}`,
  readTopUp,
  balance: (wallet) => ({ path: `${API}/x402/balance/${encodeURIComponent(wallet)}` }),
  readBalance: readPrepaidBalance,
  movements: (wallet, offset = '0') => ({
    path: `${API}/x402/transactions/${encodeURIComponent(wallet)}?${new URLSearchParams({ limit: String(PAGE), offset })}`
  }),
  readMovements,
  // Venice's list names no transactions, so the amount and the time decide.
  isCreditOf({ type, amount, at }, paid) {
    const isTopUp = type === 'TOP_UP' && amount === formatUsdc(paid.offer.cost)
    return isTopUp && at !== undefined && Date.parse(at) >= paid.reservedAtMs - MAX_CLOCK_SKEW_MS
  },
  shortfall({ body }) {
    const missing = readShortfall(body)
    return missing === undefined ? undefined : { missing, isExact: true }
  }
}
