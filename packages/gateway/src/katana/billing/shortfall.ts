import { formatUsdc } from '@bursar/core'
import type { Facilitator } from '../../facilitator/facilitator.js'
import type { Protocol } from '../../payment/protocol.js'
import { errorResponse, type HttpResponse, jsonResponse } from '../../server/response.js'

/** Katana 85, its status assumed: an account that runs short is told so, and is no offer to pay by x402. */
export const insufficientCredits: HttpResponse = errorResponse(
  402,
  'insufficient_credits',
  'The account has not enough credits. Nothing was started.'
)

/**
 * Katana 69: a wallet balance that runs short is answered 402 with what a top-up would have to bring, at the top-up's
 * address. Paying it to the address that was asked buys nothing there.
 *
 * @param missingAtomic of USDC.
 */
export function insufficientBalance(
  protocol: Protocol,
  facilitator: Facilitator,
  url: string,
  { missingAtomic, gasAtomic }: { readonly missingAtomic: bigint; readonly gasAtomic: bigint }
): HttpResponse {
  const resource = { url: `${url}/v1/x402/top-up`, description: 'Wallet balance' }
  const price = { subtotalAtomic: missingAtomic, gasAtomic }
  const offers = [{ facilitator, wire: protocol.buildOffer(facilitator, price, resource) }]
  const challenge = protocol.challenge({ offers, error: 'Insufficient wallet balance', resource })
  const body = jsonResponse(402, {
    error: {
      code: 'insufficient_balance',
      message: 'The wallet balance is too low. Nothing was started and nothing debited.',
      retryable: false,
      details: { top_up_usdc: formatUsdc(missingAtomic), top_up_url: resource.url }
    }
  })
  return { ...body, headers: { ...body.headers, ...challenge.headers, ...jsonHeaders } }
}

const jsonHeaders = { 'Content-Type': 'application/json' }
