import { type JsonObject, parseUsdc } from '@bursar/core'
import type { Fulfilment } from '../payment/charge.js'
import type { PaymentService } from '../payment/payment-service.js'
import type { Protocol } from '../payment/protocol.js'
import type { GatewayRuntime } from '../runtime.js'
import { headFingerprint } from '../server/request.js'
import { HttpError, type HttpResponse } from '../server/response.js'
import type { RequestContext, Route } from '../server/route.js'
import { challengeV2, protocolV2 } from '../standard/protocol-v2.js'
import { identifiedProtocol, identifierStatus } from './identified-protocol.js'
import { permit2Protocol } from './permit2-protocol.js'
import { type ReadTerms, readTerms, type SaleTerms } from './sale-terms.js'
import { fromWebResponse, toWebRequest } from './web-api.js'

/**
 * Answers a paid request. It is called once for each settled payment. A payment by `upto` is settled after it, unless
 * the status is 400 or more.
 *
 * @param charge sets what is taken by `upto`, in decimal USDC. Default: the most.
 */
export type SellHandler = (request: Request, charge: (usdc: string) => void) => Response | Promise<Response>

/** What is sold at one path of a test's own. */
export interface Sale {
  readonly path: string
  readonly terms: ReadTerms
  readonly handler: SellHandler
}

/**
 * Reads what a test wants to sell.
 *
 * @param routes of the gateway's own, whose paths are taken.
 * @throws {TypeError} when the path is malformed, a pattern or taken, the price is not above zero, or there is no handler.
 */
export function readSale(
  path: string,
  { price, handler }: { readonly price: string | SaleTerms; readonly handler: SellHandler },
  routes: readonly Route[]
): Sale {
  if (!/^\/[^?#]*$/.test(path)) throw new TypeError(`sell: "${path}" is not a path such as "/weather"`)
  const asked = new URL(path, 'http://gateway').pathname
  if (asked !== path) throw new TypeError(`sell: "${path}" is asked for as "${asked}": sell that`)
  if (/\/:|\*/.test(path))
    throw new TypeError(
      `sell: "${path}" is a pattern, and one path is sold at a time: give one without : and *`
    )
  const isTaken = routes.some((route) => route.path.test(path))
  if (isTaken) throw new TypeError(`sell: the gateway already has something at ${path}`)
  const terms = readTerms(path, price)
  if (typeof handler !== 'function')
    throw new TypeError(`sell: give a handler that answers what is asked at ${path}`)
  return { path, terms, handler }
}

/** The route of a sale, by x402 v2 and for every method. The price does not depend on the body. */
export function saleRoute(
  { path, terms, handler }: Sale,
  { payments, runtime }: { readonly payments: PaymentService; readonly runtime: GatewayRuntime }
): Route {
  const protocol = protocolOf(terms)
  return {
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    path: new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`),
    sells: 'by-path',
    async handle(incoming: RequestContext): Promise<HttpResponse> {
      const { request, paid } = incoming
      // The handler may want the body, which is otherwise only hashed.
      if (paid) await request.body.whole()
      const url = `${runtime.url()}${request.path}${request.query}`
      return payments.sell(incoming, {
        protocol,
        price: { subtotalAtomic: terms.priceAtomic, gasAtomic: 0n },
        resource: { url, description: path },
        quoteKey: headFingerprint(request),
        fulfil: async () => answer({ path, terms, handler }, await toWebRequest(request, url))
      })
    }
  }
}

function protocolOf(terms: ReadTerms): Protocol {
  const create = (extensions?: JsonObject): Protocol =>
    terms.by === 'eip3009' ? exactProtocol(extensions) : permit2Protocol(terms, extensions)
  return terms.identified ? identifiedProtocol(create) : create()
}

function exactProtocol(extensions?: JsonObject): Protocol {
  if (!extensions) return protocolV2
  const challenge: Protocol['challenge'] = (parts) =>
    challengeV2(parts, { status: identifierStatus(parts.error), extensions })
  return { ...protocolV2, challenge }
}

async function answer({ path, terms, handler }: Sale, request: Request): Promise<Fulfilment> {
  let chargeAtomic: bigint | undefined
  try {
    const response = await handler(request, (usdc) => {
      chargeAtomic = parseUsdc(usdc)
    })
    // What is charged is known only when the work is done.
    const sent = await fromWebResponse(response, { streams: terms.by !== 'upto' })
    return { response: sent, ...(chargeAtomic !== undefined && { chargeAtomic }) }
  } catch (error) {
    // Whoever wrote the handler reads this.
    const words = error instanceof Error ? error.message : String(error)
    throw new HttpError(500, 'handler_failed', `The handler of ${path} failed (${words})`)
  }
}
