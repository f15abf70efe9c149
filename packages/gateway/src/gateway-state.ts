import type { Facilitator } from './facilitator/facilitator.js'
import { facilitatorRoutes } from './facilitator/http/routes.js'
import { createKatana, type KatanaControls } from './katana/create-katana.js'
import type { GatewayOptions } from './options.js'
import { readSale, type Sale, type SellHandler, saleRoute } from './own-routes/sale-route.js'
import type { SaleTerms } from './own-routes/sale-terms.js'
import { PaymentService } from './payment/payment-service.js'
import { relayRoutes } from './relays/routes.js'
import type { GatewayRuntime } from './runtime.js'
import type { Route } from './server/route.js'
import { standardRoutes } from './standard/routes.js'
import { veniceRoutes } from './venice/routes.js'

/** What a gateway's state is built from. */
export interface StateParts {
  readonly options: GatewayOptions
  readonly facilitators: readonly Facilitator[]
  readonly runtime: GatewayRuntime
}

/** Everything that a gateway remembers: payments, balances, jobs and accounts. A new one has seen nothing yet. */
export class GatewayState {
  readonly katana: KatanaControls
  readonly #own: readonly Route[]
  #routes: readonly Route[]
  readonly #sold: Map<string, Route>
  readonly #payments: PaymentService
  readonly #runtime: GatewayRuntime

  /** @param sales that a test has added. */
  constructor({ options, facilitators, runtime }: StateParts, sales: Iterable<Sale>) {
    const payments = new PaymentService(facilitators, options.replay ?? 'answer')
    const katana = createKatana(options.katana ?? {}, { payments, facilitators, runtime })
    this.katana = katana.controls
    this.#payments = payments
    this.#runtime = runtime
    this.#own = [
      ...katana.routes,
      ...standardRoutes({ payments, runtime }),
      ...veniceRoutes({ payments, runtime }),
      ...facilitatorRoutes(facilitators),
      ...(options.relays ? relayRoutes(options.relays, runtime) : [])
    ]
    this.#sold = new Map()
    this.#routes = this.#own
    for (const sale of sales) this.#add(sale)
  }

  get routes(): readonly Route[] {
    return this.#routes
  }

  /**
   * Sells at a path, in place of what was sold there.
   *
   * @throws {TypeError} when the path is malformed or the gateway's own, or the price is not above zero.
   */
  sell(path: string, offer: { readonly price: string | SaleTerms; readonly handler: SellHandler }): Sale {
    const sale = readSale(path, offer, this.#own)
    this.#add(sale)
    return sale
  }

  #add(sale: Sale): void {
    this.#sold.set(sale.path, saleRoute(sale, { payments: this.#payments, runtime: this.#runtime }))
    this.#routes = [...this.#own, ...this.#sold.values()]
  }
}
