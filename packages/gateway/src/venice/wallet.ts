import type { JsonObject } from '@bursar/core'
import type { Address } from 'viem'
import type { WalletMovement } from '../balances/balance-store.js'
import { type HttpResponse, jsonResponse } from '../server/response.js'
import type { RequestContext } from '../server/route.js'
import { withWallet } from './authenticate.js'
import { SUGGESTED_TOP_UP_USD, TOP_UP_ATOMIC, toUsd, type VeniceContext } from './context.js'
import { veniceError } from './errors.js'

const DEFAULT_PAGE = 50
const MAX_PAGE = 100

/** `GET /x402/balance/{wallet}` */
export function showBalance(context: VeniceContext, incoming: RequestContext): Promise<HttpResponse> {
  return showToOwner(context, incoming, (wallet) => {
    const balance = context.balances.walletBalance(wallet.toLowerCase())
    return {
      balanceUsd: toUsd(balance),
      canConsume: balance > 0n,
      minimumTopUpUsd: toUsd(TOP_UP_ATOMIC),
      suggestedTopUpUsd: SUGGESTED_TOP_UP_USD
    }
  })
}

/** `GET /x402/transactions/{wallet}`, newest first. */
export function showTransactions(context: VeniceContext, incoming: RequestContext): Promise<HttpResponse> {
  const { search } = incoming.request
  return showToOwner(context, incoming, (address) => {
    const wallet = address.toLowerCase()
    const limit = Math.min(Math.max(Number(search.get('limit')) || DEFAULT_PAGE, 1), MAX_PAGE)
    const offset = Math.max(Number(search.get('offset')) || 0, 0)
    const movements = context.balances.movementsOf(wallet)
    return {
      currentBalance: toUsd(context.balances.walletBalance(wallet)),
      transactions: movements.slice(offset, offset + limit).map(describe),
      pagination: { limit, offset, hasMore: offset + limit < movements.length }
    }
  })
}

function showToOwner(
  context: VeniceContext,
  incoming: RequestContext,
  show: (wallet: Address) => JsonObject
): Promise<HttpResponse> {
  return withWallet(context, incoming, (wallet) => {
    const isOwner = wallet.toLowerCase() === incoming.params[0]?.toLowerCase()
    return isOwner
      ? jsonResponse(200, { success: true, data: { walletAddress: wallet, ...show(wallet) } })
      : veniceError(403, 'FORBIDDEN', 'The sign-in is of another wallet.')
  })
}

const types = { top_up: 'TOP_UP', debit: 'CHARGE', refund: 'REFUND' } as const

function describe({ id, kind, amount, balance, atMs }: WalletMovement): JsonObject {
  return {
    id,
    type: types[kind],
    amount: toUsd(BigInt(amount)),
    balanceAfter: toUsd(BigInt(balance)),
    createdAt: new Date(atMs).toISOString()
  }
}
