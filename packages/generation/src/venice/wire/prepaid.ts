import { type AtomicUsdc, atomicUsdc, formatUsdc, type JsonObject } from '@bursar/core'
import type { CreditedTopUp, MovementsPage } from '@bursar/prepaid'
import * as z from 'zod/mini'
import { defined } from '../../shared/wire/defined.js'
import { flag, listed, number, object, text } from '../../shared/wire/tolerant-schemas.js'

const MAX_MOVEMENTS = 10_000

/** Dollars as a number, which Venice writes. Six decimals are exact far beyond any balance. */
const usd = z.pipe(
  number,
  z.transform((value) => (value === undefined ? undefined : atomicOf(value)))
)

/** The same, below zero as well, as decimal text; empty when it is no amount. */
const signedUsd = z.pipe(z.catch(z.optional(z.number()), undefined), z.transform(formatSigned))

/** What `POST /x402/top-up` answers. Everything is wrapped in `data`. */
const topUpSchema = object({
  data: object({ amountCredited: usd, walletAddress: text(), newBalance: usd })
})

/** Reads what a top-up credited; `undefined` when it cannot be read. */
export function readTopUp(answer: JsonObject): CreditedTopUp | undefined {
  const {
    amountCredited: credited,
    walletAddress: wallet,
    newBalance: balance
  } = topUpSchema.parse(answer).data
  if (credited === undefined || wallet === undefined) return undefined
  return { credited, wallet, ...defined({ balance }) }
}

/** What `GET /x402/balance/{wallet}` answers. */
const balanceSchema = object({ data: object({ balanceUsd: usd }) })

/** Reads what is left; `undefined` when it cannot be read. */
export function readPrepaidBalance(answer: JsonObject): AtomicUsdc | undefined {
  return balanceSchema.parse(answer).data.balanceUsd
}

/** What `GET /x402/transactions/{wallet}` answers. */
const movementsSchema = object({
  data: object({
    transactions: listed({ type: text(), amount: signedUsd, createdAt: text() }, MAX_MOVEMENTS),
    pagination: object({ offset: number, hasMore: flag })
  })
})

/** Reads a page of movements; `undefined` when there is no list. */
export function readMovements(answer: JsonObject): MovementsPage | undefined {
  const { transactions, pagination } = movementsSchema.parse(answer).data
  if (transactions === undefined) return undefined
  const movements = transactions.map(({ type = '', amount, createdAt: at }) => ({
    type,
    amount,
    ...defined({ at })
  }))
  const { offset, hasMore } = pagination
  if (hasMore !== true || offset === undefined) return { movements }
  return { movements, next: String(offset + movements.length) }
}

/** A 402 to a proof names the least top-up that would be enough. */
const shortfallSchema = object({ code: text(64), minimumTopUpUsd: usd })

/** Reads what a call lacks; `undefined` when the 402 says something else. */
export function readShortfall(body: JsonObject | undefined): AtomicUsdc | undefined {
  const { code, minimumTopUpUsd } = shortfallSchema.parse(body ?? {})
  return code === 'PAYMENT_REQUIRED' ? minimumTopUpUsd : undefined
}

function atomicOf(usdValue: number): AtomicUsdc | undefined {
  return usdValue > 1e9 ? undefined : atomicUsdc(BigInt(Math.round(usdValue * 1e6)))
}

function formatSigned(value: number | undefined): string {
  const size = value === undefined || !Number.isFinite(value) ? undefined : atomicOf(Math.abs(value))
  return size === undefined ? '' : `${Number(value) < 0 ? '-' : ''}${formatUsdc(size)}`
}
