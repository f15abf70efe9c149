import { formatUsdc } from '@bursar/core'
import type { Facilitator } from '../../facilitator/facilitator.js'
import { buildOffers } from '../../payment/build-offers.js'
import type { Price, Protocol } from '../../payment/protocol.js'
import { errorResponse, type HttpResponse, jsonResponse, withHeaders } from '../../server/response.js'

/** The answer when an account has too few credits. It offers no payment (Katana 85; its status is assumed). */
export const insufficientCredits: HttpResponse = errorResponse(
  402,
  'insufficient_credits',
  'The account has not enough credits. Nothing was started.'
)

/**
 * The answer when a wallet's balance is too low: a 402 whose challenge is that of the top-up that is missing, for
 * the top-up's URL. Paying it to the URL that was called would buy nothing (Katana 69).
 */
export function insufficientBalance(
  { protocol, facilitator }: { readonly protocol: Protocol; readonly facilitator: Facilitator },
  gatewayUrl: string,
  missing: Price
): HttpResponse {
  const resource = { url: `${gatewayUrl}/v1/x402/top-up`, description: 'Wallet balance' }
  const offers = buildOffers([facilitator], { protocol, price: missing, resource })
  const challenge = protocol.challenge({ offers, error: 'Insufficient wallet balance', resource })
  const body = jsonResponse(402, {
    error: {
      code: 'insufficient_balance',
      message: 'The wallet balance is too low. Nothing was started and nothing debited.',
      retryable: false,
      details: { top_up_usdc: formatUsdc(missing.subtotalAtomic), top_up_url: resource.url }
    }
  })
  return withHeaders(body, { ...challenge.headers, ...body.headers })
}
