import { formatUsdc, isJsonObject, type JsonObject, parseUsdc, transactionOf } from '@bursar/core'
import type { Movement, PrepaidService } from '../src/index.js'

/** A simple service of the tests: all amounts are decimal USDC. */
export const testService: PrepaidService = {
  name: 'test',
  topUp: (amount) => ({ path: '/top-up', body: { amount: formatUsdc(amount) } }),
  rejectionReason: ({ extra }, amount) =>
    extra.for === formatUsdc(amount) ? undefined : `it is for ${String(extra.for)}`,
  readTopUp({ credited, wallet }) {
    if (typeof credited !== 'string' || typeof wallet !== 'string') return undefined
    return { credited: parseUsdc(credited), wallet }
  },
  balance: (wallet) => ({ path: `/balance/${wallet}` }),
  readBalance: ({ balance }) => (typeof balance === 'string' ? parseUsdc(balance) : undefined),
  movements: (wallet, cursor = '0') => ({ path: `/movements/${wallet}?from=${cursor}` }),
  readMovements({ movements, next }) {
    if (!Array.isArray(movements)) return undefined
    const read = movements.filter(isJsonObject).map(movementOf)
    return typeof next === 'string' ? { movements: read, next } : { movements: read }
  },
  isCreditOf: ({ transaction }, paid) => transaction !== undefined && transaction === transactionOf(paid),
  shortfall({ body }) {
    const missing = body?.missing ?? body?.atMost
    if (typeof missing !== 'string') return undefined
    return { missing: parseUsdc(missing), isExact: body?.atMost === undefined }
  }
}

function movementOf({ type, amount, transaction, at }: JsonObject): Movement {
  return {
    type: String(type),
    amount: String(amount),
    ...(typeof transaction === 'string' ? { transaction } : {}),
    ...(typeof at === 'string' ? { at } : {})
  }
}
