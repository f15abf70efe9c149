import { type AtomicUsdc, isBursarError, type JsonObject, parseUsdc } from '@bursar/core'
import type { CreditedTopUp, MovementsPage } from '@bursar/prepaid'
import * as z from 'zod/mini'
import { defined } from '../../shared/wire/defined.js'
import { listed, object, read, text } from '../../shared/wire/tolerant-schemas.js'

const MAX_MOVEMENTS = 10_000

/** Decimal USDC in text; `undefined` when it is no amount. */
export const usdc = read((value): AtomicUsdc | undefined => {
  if (typeof value !== 'string') return undefined
  try {
    return parseUsdc(value)
  } catch (error) {
    if (isBursarError(error, 'amount/malformed')) return undefined
    throw error
  }
})

/** What `POST /v1/x402/top-up` answers (Katana 55). */
const topUpSchema = object({ credited_usdc: usdc, balance_usdc: usdc, wallet_address: text() })

/** Reads what a top-up credited; `undefined` when it cannot be read. */
export function readTopUp(answer: JsonObject): CreditedTopUp | undefined {
  const { credited_usdc: credited, balance_usdc: balance, wallet_address: wallet } = topUpSchema.parse(answer)
  if (credited === undefined || wallet === undefined) return undefined
  return { credited, wallet, ...defined({ balance }) }
}

/** What `GET /v1/x402/balance/{wallet}` answers (Katana 66). */
const balanceSchema = object({ balance_usdc: usdc })

/** Reads what is left; `undefined` when it cannot be read. */
export function readPrepaidBalance(answer: JsonObject): AtomicUsdc | undefined {
  return balanceSchema.parse(answer).balance_usdc
}

const movementFields = { type: text(), amount_usdc: text(), transaction: text(), created_at: text() }

/** What `GET /v1/x402/transactions/{wallet}` answers (Katana 66). */
const movementsSchema = object({
  transactions: listed(movementFields, MAX_MOVEMENTS),
  next_cursor: z.catch(z.optional(z.string()), undefined)
})

/** Reads a page of movements; `undefined` when there is no list. */
export function readMovements(answer: JsonObject): MovementsPage | undefined {
  const { transactions, next_cursor: next } = movementsSchema.parse(answer)
  if (transactions === undefined) return undefined
  const movements = transactions.map(
    ({ type = '', amount_usdc: amount = '', transaction, created_at: at }) => ({
      type,
      amount,
      ...defined({ transaction, at })
    })
  )
  return { movements, ...defined({ next }) }
}
