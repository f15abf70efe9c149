import type { GatewayOptions } from './options.js'
import type { PaymentService } from './payment/payment-service.js'
import { relayRoutes } from './relays/routes.js'
import type { GatewayRuntime } from './runtime.js'
import type { Route } from './server/route.js'
import { standardRoutes } from './standard/routes.js'
import { veniceRoutes } from './venice/routes.js'

/** What the routes are built from. */
export interface RouteParts {
  readonly options: GatewayOptions
  readonly payments: PaymentService
  readonly runtime: GatewayRuntime
}

/** The routes of the gateway, except Katana's. */
export function buildRoutes({ options, payments, runtime }: RouteParts): readonly Route[] {
  return [
    ...standardRoutes({ payments, runtime }),
    ...veniceRoutes({ payments, runtime }),
    ...(options.relays ? relayRoutes(options.relays, runtime) : [])
  ]
}
