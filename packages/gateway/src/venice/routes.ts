import { type Clock, type JsonObject, parseUsdc, type RandomBytes } from '@bursar/core'
import type { Address } from 'viem'
import { BalanceStore, type WalletMovement } from '../balances/balance-store.js'
import type { Facilitator } from '../facilitator/facilitator.js'
import type { PaymentService } from '../payment/payment-service.js'
import type { Protocol } from '../payment/protocol.js'
import { chatCompletion, replyTo } from '../relays/texts.js'
import { fingerprintOf, readJson } from '../server/request.js'
import { type HttpResponse, jsonResponse, withHeaders } from '../server/response.js'
import type { RequestContext, Route } from '../server/route.js'
import { randomUuid } from '../server/uuid.js'
import { protocolV2 } from '../standard/protocol-v2.js'
import { SignIns } from './sign-in.js'

/** What Venice's routes work with. */
export interface VeniceContext {
  readonly payments: PaymentService
  readonly facilitators: readonly Facilitator[]
  readonly clock: Clock
  readonly random: RandomBytes
  /** Of the gateway. */
  readonly url: () => string
}

const MICRO = 1_000_000
const TOP_UP = parseUsdc('5')
const SUGGESTED_USD = 10
/** Venice's prices are its own; one for every call does to test with. */
const CHAT_COST = parseUsdc('0.01')
const PAGE = 50

/** The standard's, with the two older names of the header that Venice takes as well. */
const protocol: Protocol = {
  ...protocolV2,
  paymentHeader: ({ header }) => header('payment-signature') ?? header('x-402-payment') ?? header('x-payment')
}

/** Venice's wallet credits and its chat, under `/venice`. Written after its documentation of 2026. */
export function veniceRoutes(context: VeniceContext): readonly Route[] {
  const { clock, random, url, payments } = context
  const balances = new BalanceStore(undefined)
  const signIns = new SignIns()
  const newId = (): string => `ledger_${randomUuid(random)}`
  const at = (path: string): RegExp => new RegExp(`^/venice/api/v1${path}$`)

  const withWallet = async (
    { request }: RequestContext,
    use: (wallet: Address) => HttpResponse | Promise<HttpResponse>
  ): Promise<HttpResponse> => {
    const header = request.header('x-sign-in-with-x')
    if (header === undefined) return short(0n)
    const proven = await signIns.verify(header, new URL(url()).host, clock.nowMs())
    return typeof proven === 'string' ? use(proven) : refuse(401, proven.refused, 'The sign-in is refused.')
  }

  const shown =
    (show: (wallet: Address, incoming: RequestContext) => JsonObject) => (incoming: RequestContext) =>
      withWallet(incoming, (wallet) =>
        wallet.toLowerCase() === incoming.params[0]?.toLowerCase()
          ? jsonResponse(200, { success: true, data: { walletAddress: wallet, ...show(wallet, incoming) } })
          : refuse(403, 'FORBIDDEN', 'The sign-in is of another wallet.')
      )

  const sellTopUp = async ({ request, faults }: RequestContext): Promise<HttpResponse> => {
    const charge = {
      price: { subtotalAtomic: TOP_UP, gasAtomic: 0n },
      resource: { url: `${url()}${request.path}`, description: 'Wallet credits' },
      quoteKey: await fingerprintOf(request),
      fulfil: async ({ payer, transaction }: { readonly payer: string; readonly transaction: string }) => {
        const id = newId()
        balances.moveWallet(payer.toLowerCase(), TOP_UP, {
          id,
          kind: 'top_up',
          transaction,
          atMs: clock.nowMs()
        })
        const newBalance = usd(balances.walletBalance(payer.toLowerCase()))
        const credited = { walletAddress: payer, amountCredited: usd(TOP_UP), newBalance, paymentId: id }
        return jsonResponse(200, { success: true, data: credited })
      }
    }
    return payments.serve(request, protocol, charge, faults)
  }

  const sellChat = (incoming: RequestContext): Promise<HttpResponse> =>
    withWallet(incoming, async (wallet) => {
      const body = await readJson(incoming.request)
      const name = wallet.toLowerCase()
      const paid = balances.moveWallet(name, -CHAT_COST, { id: newId(), kind: 'debit', atMs: clock.nowMs() })
      if (!paid) return short(balances.walletBalance(name))
      const reply = replyTo(body, 4096)
      const response = chatCompletion(randomUuid(random), Math.floor(clock.nowMs() / 1000), reply)
      const remaining = String(usd(balances.walletBalance(name)))
      return withHeaders(jsonResponse(200, response), { 'X-Balance-Remaining': remaining })
    })

  return [
    { methods: ['POST'], path: at('/x402/top-up'), sells: 'by-path', handle: sellTopUp },
    {
      methods: ['GET'],
      path: at('/x402/balance/(\\w+)'),
      misbehaves: true,
      handle: shown((wallet) => {
        const balance = balances.walletBalance(wallet.toLowerCase())
        const limits = { minimumTopUpUsd: usd(TOP_UP), suggestedTopUpUsd: SUGGESTED_USD }
        return { balanceUsd: usd(balance), canConsume: balance > 0n, ...limits }
      })
    },
    {
      methods: ['GET'],
      path: at('/x402/transactions/(\\w+)'),
      misbehaves: true,
      handle: shown((wallet, { request: { search } }) => {
        const name = wallet.toLowerCase()
        const limit = Math.min(Math.max(Number(search.get('limit') ?? PAGE) || PAGE, 1), 100)
        const offset = Math.max(Number(search.get('offset') ?? 0) || 0, 0)
        const entries = balances.entriesOf(name)
        return {
          currentBalance: usd(balances.walletBalance(name)),
          transactions: entries.slice(offset, offset + limit).map(movement),
          pagination: { limit, offset, hasMore: offset + limit < entries.length }
        }
      })
    },
    { methods: ['POST'], path: at('/chat/completions'), misbehaves: true, handle: sellChat }
  ]
}

const kinds = { top_up: 'TOP_UP', debit: 'CHARGE', refund: 'REFUND' } as const

function movement({ id, kind, amount, balance, atMs }: WalletMovement): JsonObject {
  return {
    id,
    type: kinds[kind],
    amount: usd(BigInt(amount)),
    balanceAfter: usd(BigInt(balance)),
    createdAt: new Date(atMs).toISOString()
  }
}

/** Venice writes dollars as numbers. */
function usd(atomic: bigint): number {
  return Number(atomic) / MICRO
}

function refuse(status: number, code: string, message: string): HttpResponse {
  return jsonResponse(status, { error: message, code })
}

/** The body of a 402, which is not the requirements of a top-up: that one is in the header of the top-up's own 402. */
function short(balance: bigint): HttpResponse {
  return jsonResponse(402, {
    error: 'Payment required',
    code: 'PAYMENT_REQUIRED',
    message: 'Insufficient x402 balance',
    currentBalanceUsd: usd(balance),
    suggestedTopUpUsd: SUGGESTED_USD,
    minimumTopUpUsd: usd(TOP_UP),
    supportedTokens: ['USDC'],
    supportedChains: ['base'],
    topUpInstructions: { step1: 'POST /api/v1/x402/top-up with no payment header' }
  })
}
