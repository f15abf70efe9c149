import type { Receipt } from '../payment/charge.js'
import type { Protocol } from '../payment/protocol.js'
import { fingerprintOf } from '../server/request.js'
import { type HttpResponse, jsonResponse } from '../server/response.js'
import type { RequestContext } from '../server/route.js'
import { protocolV2 } from '../standard/protocol-v2.js'
import { TOP_UP_ATOMIC, toUsd, type VeniceContext } from './context.js'

/** The standard's v2, with the two older names of the payment header that Venice also accepts. */
const protocol: Protocol = {
  ...protocolV2,
  paymentHeader: ({ header }) => header('payment-signature') ?? header('x-402-payment') ?? header('x-payment')
}

/** `POST /x402/top-up`: sells 5 dollars of wallet credits. */
export async function sellTopUp(context: VeniceContext, incoming: RequestContext): Promise<HttpResponse> {
  const { request } = incoming
  return context.payments.sell(incoming, {
    protocol,
    price: { subtotalAtomic: TOP_UP_ATOMIC, gasAtomic: 0n },
    resource: { url: `${context.runtime.url()}${request.path}`, description: 'Wallet credits' },
    quoteKey: await fingerprintOf(request),
    fulfil: async (receipt) => credit(context, receipt)
  })
}

function credit({ balances, runtime }: VeniceContext, { payer, transaction }: Receipt): HttpResponse {
  const wallet = payer.toLowerCase()
  const id = `ledger_${runtime.newId()}`
  balances.moveWallet(wallet, TOP_UP_ATOMIC, { id, kind: 'top_up', transaction, atMs: runtime.nowMs() })
  const credited = {
    walletAddress: payer,
    amountCredited: toUsd(TOP_UP_ATOMIC),
    newBalance: toUsd(balances.walletBalance(wallet)),
    paymentId: id
  }
  return jsonResponse(200, { success: true, data: credited })
}
