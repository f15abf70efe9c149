import { formatUsdc, type JsonObject } from '@bursar/core'
import type { WalletMovement } from '../../balances/balance-store.js'
import { type HttpResponse, jsonResponse } from '../../server/response.js'
import type { KatanaContext } from '../context.js'
import { timestamp } from '../timestamp.js'
import type { ProvenWallet } from './wallet-proof.js'

const DEFAULT_PAGE = 50
const MAX_PAGE = 200

/** `GET /v1/x402/balance/{wallet}` */
export function balanceBody({ billing, facilitators }: KatanaContext, wallet: ProvenWallet): HttpResponse {
  return jsonResponse(200, {
    wallet_address: wallet.address,
    network: wallet.network,
    asset: facilitators.find(({ network }) => network === wallet.network)?.asset ?? null,
    balance_usdc: formatUsdc(billing.balanceOf(wallet))
  })
}

/**
 * `GET /v1/x402/transactions/{wallet}`, newest first.
 *
 * Katana documents the list and nothing more (Katana 66), so `limit` and `cursor` are this gateway's own.
 */
export function transactionsBody(
  { billing, balances }: KatanaContext,
  wallet: ProvenWallet,
  search: URLSearchParams
): HttpResponse {
  const limit = Math.min(Math.max(Number(search.get('limit')) || DEFAULT_PAGE, 1), MAX_PAGE)
  const movements = balances.movementsOf(billing.walletKey(wallet))
  const cursor = search.get('cursor')
  const start = cursor === null ? 0 : movements.findIndex(({ id }) => id === cursor) + 1
  const page = movements.slice(start, start + limit)
  const hasMore = start + limit < movements.length
  return jsonResponse(200, {
    wallet_address: wallet.address,
    network: wallet.network,
    transactions: page.map(describe),
    next_cursor: hasMore ? (page.at(-1)?.id ?? null) : null
  })
}

function describe({ id, kind, amount, balance, transaction, atMs }: WalletMovement): JsonObject {
  return {
    id,
    type: kind,
    amount_usdc: signedUsdc(BigInt(amount)),
    balance_usdc: formatUsdc(BigInt(balance)),
    ...(transaction === undefined ? {} : { transaction }),
    created_at: timestamp(atMs)
  }
}

function signedUsdc(atomic: bigint): string {
  return atomic < 0n ? `-${formatUsdc(-atomic)}` : formatUsdc(atomic)
}
