import type { Payees } from './connect-chains.js'
import type { FacilitatorFaults } from './facilitator/http/facilitator-faults.js'
import type { Faults } from './faults/fault-plan.js'
import type { KatanaControls } from './katana/create-katana.js'
import type { SellHandler } from './own-routes/sale-route.js'
import type { SaleTerms } from './own-routes/sale-terms.js'
import type { SeenRequest } from './server/request-log.js'

/** A running gateway. */
export interface Gateway extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Who receives the payments. Throws a {TypeError} for a chain that the gateway does not settle on. */
  readonly payTo: Payees
  /** Makes the gateway misbehave. */
  readonly faults: Faults
  /** The facilitator for servers of one's own, at `/supported`, `/verify` and `/settle`. */
  readonly facilitator: { readonly faults: FacilitatorFaults }
  /** Scripts what Katana's models reply. */
  readonly katana: KatanaControls
  /** The requests that arrived, oldest first, without secrets. */
  readonly requests: readonly SeenRequest[]
  /**
   * Sells something of a test's own, by x402 v2 and for every method. The handler is called once for each settled
   * payment. An answer of `text/event-stream` is sent as it comes, any other once it is whole. Selling at the same path
   * again replaces what was sold there.
   *
   * @param price decimal USDC, or how it is paid too.
   * @example
   * ```ts
   * gateway.sell('/weather', '0.01', () => Response.json({ sunny: true }))
   * gateway.sell('/search', { price: '0.5', by: 'upto' }, (_request, charge) => {
   *   charge('0.001858')
   *   return new Response('found')
   * })
   * ```
   * @throws {TypeError} when the path is malformed, a pattern or the gateway's own, the price is not above zero, or there is no handler.
   * @throws {BursarError} `amount/malformed`
   */
  sell(path: string, price: string | SaleTerms, handler: SellHandler): void
  /**
   * Forgets everything but what `sell` added: payments, balances, jobs, accounts' charges, armed faults, scripted
   * replies and the list of requests. What `katana.stateFile` keeps stays.
   */
  reset(): void
  /** Closes every connection and frees the port. */
  stop(): Promise<void>
}
