import { parseUsdc } from '@bursar/core'
import { nowSeconds } from '../runtime.js'
import { readJson } from '../server/request.js'
import { type HttpResponse, jsonResponse, withHeaders } from '../server/response.js'
import type { RequestContext } from '../server/route.js'
import { chatCompletion } from '../texts/chat-completion.js'
import { replyTo } from '../texts/reply.js'
import { withWallet } from './authenticate.js'
import { toUsd, type VeniceContext } from './context.js'
import { insufficientBalance } from './errors.js'

/** Venice prices each model. One price for every call is enough to test with. */
const PRICE_ATOMIC = parseUsdc('0.01')
const MAX_TOKENS = 4096

/** `POST /chat/completions`, paid from the wallet's balance. */
export function sellChat(context: VeniceContext, incoming: RequestContext): Promise<HttpResponse> {
  const { balances, runtime } = context
  return withWallet(context, incoming, async (address) => {
    const body = await readJson(incoming.request)
    const wallet = address.toLowerCase()
    const id = `ledger_${runtime.newId()}`
    const paid = balances.moveWallet(wallet, -PRICE_ATOMIC, { id, kind: 'debit', atMs: runtime.nowMs() })
    if (!paid) return insufficientBalance(balances.walletBalance(wallet))
    const completion = chatCompletion(runtime.newId(), nowSeconds(runtime), replyTo(body, MAX_TOKENS))
    const remaining = String(toUsd(balances.walletBalance(wallet)))
    return withHeaders(jsonResponse(200, completion), { 'X-Balance-Remaining': remaining })
  })
}
