import * as z from 'zod'
import type { McpContext } from '../context.js'
import { moneyWords } from '../money-words.js'
import type { ToolOutput } from '../tool-output.js'
import { checkSent } from './check-sent.js'
import { checkUrl } from './check-url.js'
import { initOf, type ModelRequest, requestShape } from './request-shape.js'

/** A tool that only reads sends only requests that only read. */
export const quoteShape = {
  ...requestShape,
  method: z.enum(['GET', 'HEAD']).optional().describe('default GET')
}

/** Says what a URL costs. Pays nothing. */
export async function quoteUrl(
  { bursar, secrets = [] }: McpContext,
  request: ModelRequest,
  signal: AbortSignal
): Promise<ToolOutput> {
  checkSent(request, secrets)
  const init = { ...initOf(request), signal, bursar: { checkUrl } }
  const { status, reason, redirectedTo, offers, rejectedOffers } = await bursar.quote(request.url, init)
  return {
    status,
    asksForPayment: status === 402,
    ...(reason === undefined ? {} : { wouldNotBePaid: reason }),
    ...(redirectedTo === undefined ? {} : { redirectedTo }),
    ...(rejectedOffers.length > 0 && { notUnderstood: rejectedOffers }),
    offers: offers.map(({ network, amount, symbol, isTest, payTo, rejection }) => ({
      network,
      price: moneyWords({ amount, symbol, isTest }),
      payTo,
      wouldBePaid: rejection === undefined,
      ...(rejection ? { why: rejection.message } : {})
    }))
  }
}
