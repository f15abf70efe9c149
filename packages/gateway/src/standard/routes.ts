import { isBursarError, parseUsdc } from '@bursar/core'
import type { PaymentDesk } from '../payment/desk.js'
import type { Protocol } from '../payment/protocol.js'
import { type Answer, HttpProblem, jsonAnswer } from '../server/answer.js'
import { type Arrival, headFingerprint } from '../server/arrival.js'
import type { Route, RouteVisit } from '../server/route.js'
import { protocolV1 } from './protocol-v1.js'
import { protocolV2 } from './protocol-v2.js'

const DEFAULT_PRICE = '0.01'

/** What the standard routes work with. */
export interface StandardContext {
  readonly desk: PaymentDesk
  /** Of the gateway. */
  readonly url: () => string
}

/** `/standard/v2/report` and `/standard/v1/report`: a JSON report for a cent, or for what `?usdc=` says. */
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
    handle: (visit) => sellReport(context, protocol, visit)
  }
}

function sellReport(context: StandardContext, protocol: Protocol, visit: RouteVisit): Promise<Answer> {
  const { arrival, faults } = visit
  const order = {
    price: { subtotalAtomic: priceOf(arrival), gasAtomic: 0n },
    sale: { url: `${context.url()}${arrival.path}${arrival.query}`, description: 'A report on the request' },
    quoteKey: headFingerprint(arrival),
    fulfil: () => report(arrival)
  }
  return context.desk.serve(arrival, protocol, order, faults)
}

/** What arrived, so that a client can see that its body came through whole. */
async function report({ method, path, query, body }: Arrival): Promise<Answer> {
  const { sha256, bytes } = await body.digest()
  return jsonAnswer(200, { report: 'paid', method, path, query, body: { bytes, sha256 } })
}

function priceOf({ search }: Arrival): bigint {
  try {
    const price = parseUsdc(search.get('usdc') ?? DEFAULT_PRICE)
    if (price > 0n) return price
  } catch (error) {
    if (!isBursarError(error)) throw error
  }
  throw new HttpProblem(400, 'invalid_price', 'usdc must be a positive decimal amount.')
}
