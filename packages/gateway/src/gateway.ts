import { setMaxListeners } from 'node:events'
import { systemClock, systemRandom } from '@bursar/core'
import { buildRoutes } from './build-routes.js'
import { connectChains, type Payees } from './connect-chains.js'
import { dispatch } from './dispatch.js'
import { FaultPlan, type Faults } from './faults/fault-plan.js'
import { createKatana, type KatanaControls } from './katana/create-katana.js'
import { bodyLimitOf, type GatewayOptions } from './options.js'
import { isPaid } from './payment/is-paid.js'
import { PaymentService } from './payment/payment-service.js'
import { createRuntime } from './runtime.js'
import { type HttpServer, listen } from './server/http-server.js'
import { RequestLog, type SeenRequest } from './server/request-log.js'

/** A running gateway. */
export interface Gateway extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Who receives the payments. Throws a {TypeError} for a chain that the gateway does not settle on. */
  readonly payTo: Payees
  /** Makes the gateway misbehave. */
  readonly faults: Faults
  /** Scripts what Katana's models reply. */
  readonly katana: KatanaControls
  /** The requests that arrived, oldest first, without secrets. */
  readonly requests: readonly SeenRequest[]
  /** Closes every connection and frees the port. */
  stop(): Promise<void>
}

/**
 * Starts a strict x402 server on this machine: Katana's endpoints and standard v2 and v1 routes. Payments are
 * settled on the given chain before any work begins.
 *
 * @example
 * ```ts
 * await using chain = await startBase()
 * await using gateway = await startGateway({ base: chain })
 * gateway.faults.next('answer-lost-after-settling', { times: 2 })
 * ```
 * @throws {TypeError} when an option is malformed or no chain is given.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock = systemClock, random = systemRandom, replay = 'answer' } = options
  const maxBodyBytes = bodyLimitOf(options)
  const stopping = new AbortController()
  // Each running job waits with this signal, so that the default of ten listeners is soon exceeded.
  setMaxListeners(0, stopping.signal)
  const { facilitators, payTo } = await connectChains(options, random, stopping.signal)
  let server: HttpServer | undefined
  const runtime = createRuntime({ clock, random, signal: stopping.signal, url: () => server?.url ?? '' })
  const payments = new PaymentService(facilitators, replay)
  const katana = createKatana(options.katana ?? {}, { payments, facilitators, runtime })
  const routes = [...katana.routes, ...buildRoutes({ options, payments, runtime })]
  const plan = new FaultPlan()
  const log = new RequestLog()
  server = await listen({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    maxBodyBytes,
    handle: (request) => dispatch({ routes, plan, runtime }, request),
    onResponse: (request, response) => log.add(request, isPaid(request), response)
  })
  const stop = async (): Promise<void> => {
    stopping.abort()
    await server?.close()
  }
  const { url } = server
  return {
    ...{ url, payTo, faults: plan, katana: katana.controls, requests: log.requests },
    ...{ stop, [Symbol.asyncDispose]: stop }
  }
}
