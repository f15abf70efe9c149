import { isBursarError, parseUsdc } from '@bursar/core'
import type { PaymentService } from '../payment/payment-service.js'
import type { Protocol } from '../payment/protocol.js'
import type { GatewayRuntime } from '../runtime.js'
import { type HttpRequest, headFingerprint } from '../server/request.js'
import { HttpError, type HttpResponse, jsonResponse } from '../server/response.js'
import type { RequestContext, Route } from '../server/route.js'
import { protocolV1 } from './protocol-v1.js'
import { protocolV2 } from './protocol-v2.js'

const DEFAULT_PRICE_USDC = '0.01'

/** What the standard routes need. */
export interface StandardContext {
  readonly payments: PaymentService
  readonly runtime: GatewayRuntime
}

/** `/standard/v2/report` and `/standard/v1/report`: a JSON report for a cent, or for the price in `?usdc=`. */
export function standardRoutes(context: StandardContext): readonly Route[] {
  return [
    reportRoute(context, /^\/standard\/v2\/report$/, protocolV2),
    reportRoute(context, /^\/standard\/v1\/report$/, protocolV1)
  ]
}

function reportRoute(context: StandardContext, path: RegExp, protocol: Protocol): Route {
  return {
    methods: ['GET', 'POST'],
    path,
    sells: 'by-path',
    handle: (incoming) => sellReport(context, protocol, incoming)
  }
}

function sellReport(
  { payments, runtime }: StandardContext,
  protocol: Protocol,
  incoming: RequestContext
): Promise<HttpResponse> {
  const { request } = incoming
  const url = `${runtime.url()}${request.path}${request.query}`
  return payments.sell(incoming, {
    protocol,
    price: { subtotalAtomic: priceOf(request), gasAtomic: 0n },
    resource: { url, description: 'A report on the request' },
    quoteKey: headFingerprint(request),
    fulfil: () => report(request)
  })
}

/** Describes the request, so that a test can see that its body arrived whole. */
async function report({ method, path, query, body }: HttpRequest): Promise<HttpResponse> {
  const { sha256, bytes } = await body.digest()
  return jsonResponse(200, { report: 'paid', method, path, query, body: { bytes, sha256 } })
}

function priceOf({ search }: HttpRequest): bigint {
  try {
    const price = parseUsdc(search.get('usdc') ?? DEFAULT_PRICE_USDC)
    if (price > 0n) return price
  } catch (error) {
    if (!isBursarError(error)) throw error
  }
  throw new HttpError(400, 'invalid_price', 'usdc must be a positive decimal amount.')
}
