import { setMaxListeners } from 'node:events'
import { type Clock, type RandomBytes, systemClock, systemRandom } from '@bursar/core'
import type { Address } from 'viem'
import { BalanceStore } from './balances/balance-store.js'
import { dispatch } from './dispatch.js'
import { connectBase } from './facilitator/base/connect-base.js'
import type { Facilitator } from './facilitator/facilitator.js'
import { FaultPlan, type Faults } from './faults/fault-plan.js'
import { Accounts } from './katana/billing/accounts.js'
import { Billing } from './katana/billing/billing.js'
import { JobService } from './katana/generation/job-service.js'
import { katanaSettings } from './katana/options.js'
import { katanaProtocol } from './katana/protocol.js'
import { katanaRoutes } from './katana/routes.js'
import { withStatuses } from './katana/statuses.js'
import { bodyLimitOf, type GatewayOptions } from './options.js'
import { isPaid } from './payment/is-paid.js'
import { PaymentService } from './payment/payment-service.js'
import { relayRoutes } from './relays/routes.js'
import { type HttpServer, listen } from './server/http-server.js'
import { RequestLog, type SeenRequest } from './server/request-log.js'
import type { Route } from './server/route.js'
import { randomUuid } from './server/uuid.js'
import { standardRoutes } from './standard/routes.js'
import { veniceRoutes } from './venice/routes.js'

/** A running gateway. */
export interface Gateway extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Who is paid. Reading the payee of a chain that it does not settle on throws a {TypeError}. */
  readonly payTo: { readonly base: Address; readonly solana: string }
  /** Makes the gateway misbehave. */
  readonly faults: Faults
  /** What arrived, oldest first, without secrets. */
  readonly requests: readonly SeenRequest[]
  /** Ends every connection and frees the port. */
  stop(): Promise<void>
}

/**
 * Starts a strict x402 server on this machine: Katana's endpoints and standard v2 and v1 routes, settled on
 * the given chain before anything starts.
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
  const limits = { maxBodyBytes: bodyLimitOf(options) }
  const stopping = new AbortController()
  // As many as there are jobs wait for it.
  setMaxListeners(0, stopping.signal)
  const { facilitators, payTo } = await connectChains(options, random, stopping.signal)
  // Whoever waits when the gateway stops goes on at once; the connections are gone.
  const sleep = (ms: number): Promise<void> => clock.sleep(ms, stopping.signal).catch(() => undefined)
  const plan = new FaultPlan()
  const log = new RequestLog()
  let server: HttpServer | undefined
  const url = (): string => server?.url ?? ''
  const payments = new PaymentService(facilitators, replay)
  const routes = buildRoutes({ options, payments, facilitators, clock, random, sleep, url })
  server = await listen({
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    ...limits,
    handle: (request) => dispatch({ routes, plan, clock, random, sleep }, request),
    onResponse: (request, response) => log.note(request, isPaid(request), response)
  })
  const stop = async (): Promise<void> => {
    stopping.abort()
    await server?.close()
  }
  return {
    url: server.url,
    payTo,
    faults: plan,
    requests: log.requests,
    stop,
    [Symbol.asyncDispose]: stop
  }
}

async function connectChains(
  options: GatewayOptions,
  random: RandomBytes,
  signal: AbortSignal
): Promise<{ readonly facilitators: readonly Facilitator[]; readonly payTo: Gateway['payTo'] }> {
  const { base, solana } = options
  if (!base && !solana && !options.relays)
    throw new TypeError('Give a chain to settle on: base, solana or both; or relays')
  const onBase = base && (await connectBase(base, random, signal, options))
  // Loaded for those who settle on it: web3.js takes its time.
  const onSolana =
    solana &&
    (await (
      await import('./facilitator/solana/connect-solana.js')
    ).connectSolana(solana, random, signal, options))
  return {
    facilitators: [onBase, onSolana].flatMap((chain) => chain?.facilitator ?? []),
    payTo: {
      get base() {
        return given('base', onBase).payTo
      },
      get solana() {
        return given('solana', onSolana).payTo
      }
    }
  }
}

function given<Chain>(name: string, chain: Chain | undefined): Chain {
  if (chain === undefined) throw new TypeError(`The gateway does not settle on ${name}`)
  return chain
}

interface RouteContext {
  readonly options: GatewayOptions
  readonly payments: PaymentService
  readonly facilitators: readonly Facilitator[]
  readonly clock: Clock
  readonly random: RandomBytes
  readonly sleep: (ms: number) => Promise<void>
  readonly url: () => string
}

function buildRoutes({
  options,
  payments,
  facilitators,
  clock,
  random,
  sleep,
  url
}: RouteContext): readonly Route[] {
  const settings = katanaSettings(options.katana ?? {})
  const jobs = new JobService({ clock, random, url, sleep, generationMs: settings.generationMs })
  const protocol = katanaProtocol(settings.echo, settings.solanaGasAtomic)
  const newId = (): string => randomUuid(random)
  const nowMs = (): number => clock.nowMs()
  const balances = new BalanceStore(settings.stateFile)
  const { gasAtomic, loneCredential, proofMaxAgeSeconds, proofTimesMatter } = settings
  const billing = new Billing({ balances, nowMs, newId, facilitators, protocol, gasAtomic, url })
  const pathContext = {
    accounts: new Accounts(settings.accounts),
    loneCredential,
    proofMaxAgeSeconds,
    proofTimesMatter,
    nowMs
  }
  const shared = { settings, payments, protocol, jobs, facilitators, clock, random, sleep, url }
  return [
    ...withStatuses(katanaRoutes({ ...shared, pathContext, billing, balances, newId }), settings.statuses),
    ...standardRoutes({ payments, url }),
    ...veniceRoutes({ payments, facilitators, clock, random, url }),
    ...(options.relays ? relayRoutes(options.relays, { clock, random, url }) : [])
  ]
}
