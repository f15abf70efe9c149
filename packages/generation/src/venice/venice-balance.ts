import {
  type AtomicUsdc,
  atomicUsdc,
  formatUsdc,
  isJsonObject,
  type JsonObject,
  type JsonValue
} from '@bursar/core'
import type { CreditedTopUp, Movement, PrepaidService } from '@bursar/prepaid'
import { defined } from '../shared/service/fields.js'

const API = '/api/v1'
const PAGE = 50
/** How far the service's clock may lie behind. */
const CLOCKS_APART_MS = 60_000

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
  readBalance: (body) => usdOf(dataOf(body).balanceUsd),
  movements: (wallet, offset = '0') => ({
    path: `${API}/x402/transactions/${encodeURIComponent(wallet)}?${new URLSearchParams({ limit: String(PAGE), offset })}`
  }),
  readMovements(body) {
    const { transactions, pagination } = dataOf(body)
    if (!Array.isArray(transactions)) return undefined
    const movements = transactions.filter(isJsonObject).map(movementOf)
    const { offset, hasMore } = isJsonObject(pagination) ? pagination : {}
    return hasMore === true && typeof offset === 'number'
      ? { movements, next: String(offset + movements.length) }
      : { movements }
  },
  // Venice's list names no transactions: the amount and the time must do.
  isCreditOf({ type, amount, at }, paid) {
    const isOf = type === 'TOP_UP' && amount === formatUsdc(paid.offer.cost)
    return isOf && at !== undefined && Date.parse(at) >= paid.reservedAtMs - CLOCKS_APART_MS
  },
  shortfall({ body }) {
    const missing = body?.code === 'PAYMENT_REQUIRED' ? usdOf(body.minimumTopUpUsd) : undefined
    return missing === undefined ? undefined : { missing, isExact: true }
  }
}

function readTopUp(body: JsonObject): CreditedTopUp | undefined {
  const { amountCredited, walletAddress: wallet, newBalance } = dataOf(body)
  const credited = usdOf(amountCredited)
  if (credited === undefined || typeof wallet !== 'string') return undefined
  return { credited, wallet, ...defined({ balance: usdOf(newBalance) }) }
}

/** Everything is wrapped in `data`. */
function dataOf({ data }: JsonObject): JsonObject {
  return isJsonObject(data) ? data : {}
}

function movementOf({ type, amount, createdAt }: JsonObject): Movement {
  return {
    type: typeof type === 'string' ? type : '',
    amount: signedUsd(amount),
    ...(typeof createdAt === 'string' ? { at: createdAt } : {})
  }
}

/** Venice writes dollars as numbers. Six decimals are exact far beyond any balance. */
function usdOf(value: JsonValue | undefined): AtomicUsdc | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 1e9) return undefined
  return atomicUsdc(BigInt(Math.round(value * 1e6)))
}

function signedUsd(value: JsonValue | undefined): string {
  const size = usdOf(typeof value === 'number' ? Math.abs(value) : undefined)
  if (size === undefined) return ''
  return `${Number(value) < 0 ? '-' : ''}${formatUsdc(size)}`
}
