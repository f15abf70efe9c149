import { setMaxListeners } from 'node:events'
import { checkOptions, systemClock, systemRandom } from '@bursar/core'
import { connectChains } from './connect-chains.js'
import { dispatch } from './dispatch.js'
import { facilitatorFaults } from './facilitator/http/facilitator-faults.js'
import { FaultPlan } from './faults/fault-plan.js'
import type { Gateway } from './gateway.js'
import { gatewayChecks } from './gateway-checks.js'
import { GatewayState } from './gateway-state.js'
import { bodyLimitOf, type GatewayOptions } from './options.js'
import type { Sale } from './own-routes/sale-route.js'
import { isPaid } from './payment/is-paid.js'
import { createRuntime } from './runtime.js'
import { type HttpServer, listen } from './server/http-server.js'
import { RequestLog } from './server/request-log.js'

/**
 * Starts a strict x402 server on this machine: Katana's endpoints, standard v2 and v1 routes, and a facilitator for
 * other servers. Payments are settled on the given chain before any work begins.
 *
 * @example
 * ```ts
 * await using chain = await startBase()
 * await using gateway = await startGateway({ base: chain })
 * gateway.faults.next('answer-lost-after-settling', { times: 2 })
 * ```
 * @throws {TypeError} when an option is unknown or malformed, or no chain is given.
 * @throws {BursarError} `server/port-unavailable`
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  checkOptions(options, gatewayChecks)
  const { clock = systemClock, random = systemRandom } = options
  const maxBodyBytes = bodyLimitOf(options)
  const stopping = new AbortController()
  const { signal } = stopping
  // Each running job waits with this signal, so that the default of ten listeners is soon exceeded.
  setMaxListeners(0, signal)
  const { facilitators, payTo } = await connectChains(options, random, signal)
  let server: HttpServer | undefined
  const runtime = createRuntime({ clock, random, signal, url: () => server?.url ?? '' })
  const parts = { options, facilitators, runtime }
  const sales = new Map<string, Sale>()
  let state = new GatewayState(parts, sales.values())
  const plan = new FaultPlan()
  const log = new RequestLog()
  server = await listen({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    maxBodyBytes,
    handle: (request) => dispatch({ routes: state.routes, plan, runtime }, request),
    onResponse(request, { status }) {
      log.add({ method: request.method, path: request.path, paid: isPaid(request), status })
    }
  })
  const stop = async (): Promise<void> => {
    stopping.abort()
    await server?.close()
  }
  return {
    url: server.url,
    payTo,
    faults: plan,
    facilitator: { faults: facilitatorFaults(plan) },
    requests: log.requests,
    katana: {
      answerWith: (...replies) => state.katana.answerWith(...replies),
      answerAllWith: (reply) => state.katana.answerAllWith(reply)
    },
    sell: (path, price, handler) => void sales.set(path, state.sell(path, { price, handler })),
    reset() {
      plan.clear()
      log.clear()
      state = new GatewayState(parts, sales.values())
    },
    stop,
    [Symbol.asyncDispose]: stop
  }
}
