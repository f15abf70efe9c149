import { setMaxListeners } from 'node:events'
import { checkOptions, type Ledger, systemClock } from '@bursar/core'
import { memoryLedger } from '@bursar/ledger'
import { type AgentOptions, Agents, listen, newToken, Settlements } from '@bursar/local-server'
import { KeptResponses } from '@bursar/translation'
import { type Bursar, createBursar } from 'bursar'
import { agentPolicy } from './agent-limits.js'
import { SharedAnswers } from './answers/shared-answers.js'
import { CostObserver } from './costs/cost-observer.js'
import { createHandler } from './create-handler.js'
import { openOperator } from './open-operator.js'
import { proxyChecks } from './proxy-checks.js'
import type { ProxyOptions, RunningProxy } from './proxy-options.js'
import { runningProxy } from './running-proxy.js'
import type { ServeContext } from './serve-context.js'
import { openService } from './services/open-service.js'
import type { ProxyService } from './services/proxy-service.js'
import { checkService } from './services/service-checks.js'

const DEFAULT_PORT = 8402
const MIB = 1024 * 1024
const TEN_MINUTES_MS = 600_000
/** A call has a connection while it runs, and clients keep some beside. */
const [FEWEST_CONNECTIONS, CONNECTIONS_PER_CALL] = [1024, 4]

/**
 * Starts a proxy on this machine through which any program that speaks OpenAI's or Anthropic's API uses a paid service.
 * The program sends its requests as it always does; the proxy pays, within the limits of the program's token.
 *
 * @example
 * ```ts
 * const proxy = await startProxy({ evm, limits: { payment: '0.25', day: '5' }, ledger: 'memory', service: { name: 'katana' } })
 * console.log(await proxy.envFor('default'))
 * ```
 * @throws {TypeError} when an option is malformed.
 * @throws {BursarError} `amount/malformed`, `server/port-unavailable`
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  assertNode()
  checkOptions(options, proxyChecks)
  assertGiven(options)
  const { agents = [{ name: 'default', token: newToken() }], port = DEFAULT_PORT, host } = options
  const authenticated = new Agents(agents)
  const costs = new CostObserver()
  const ledger = costs.observe(options.ledger === 'memory' ? memoryLedger() : options.ledger)
  const bursars = openBursars(agents, options, ledger)
  const operator = openOperator(options, { bursars, agents, authenticated, ledger })
  const closeBursars = async (): Promise<void> => {
    for (const bursar of bursars.values()) await bursar.close()
  }
  const stopping = new AbortController()
  // Every call listens to it.
  setMaxListeners(0, stopping.signal)
  try {
    const serviceOf = openServices(bursars, options)
    const context = {
      ...contextOf(options),
      ...operator,
      costs,
      agents: authenticated,
      serviceOf,
      stopping: stopping.signal
    }
    const maxConnections = Math.max(FEWEST_CONNECTIONS, CONNECTIONS_PER_CALL * context.maxConcurrent)
    const server = await listen({ port, host, maxConnections }, createHandler(context))
    const end = (): Promise<void> => {
      stopping.abort()
      return server.close().then(closeBursars)
    }
    return runningProxy({ server, agents, context, end })
  } catch (error) {
    await closeBursars()
    throw error
  }
}

/** Bun and Deno know Node's modules, but not all that the proxy needs of them. @throws {TypeError} */
function assertNode(): void {
  const other = ['Bun', 'Deno'].find((name) => name in globalThis)
  if (other === undefined) return
  throw new TypeError(
    `The proxy runs under Node 20.19 or newer, and not under ${other}. Its translation runs there: katana.openaiFetch`
  )
}

/** A program in JavaScript may leave out what is required. @throws {TypeError} */
function assertGiven({ service, ledger, ...rest }: Partial<ProxyOptions>): void {
  checkService(service, 'service')
  if (ledger === undefined)
    throw new TypeError("ledger is required: a ledger, or 'memory', which is lost with the process")
  assertTokens(rest)
}

/** What others can reach needs tokens that the operator knows. @throws {TypeError} */
function assertTokens({
  host = '127.0.0.1',
  allowHosts = [],
  allowOrigins = [],
  agents
}: Partial<ProxyOptions>) {
  const isLoopback = /^(?:127\.|::1$|localhost$)/.test(host)
  if (agents !== undefined || (isLoopback && allowHosts.length + allowOrigins.length === 0)) return
  throw new TypeError('host, allowHosts and allowOrigins need agents with tokens of yours')
}

/** All agents share one ledger, so that the limits hold for all of them together. */
function openBursars(
  agents: readonly AgentOptions[],
  options: ProxyOptions,
  ledger: Ledger
): ReadonlyMap<string, Bursar> {
  const { onPaid, onEvent } = options
  const shared = bursarOptions(options)
  const bursars = new Map<string, Bursar>()
  const settlements = new Settlements()
  for (const { name, limits = {} } of agents) {
    const own = { ...agentPolicy(limits, shared), ledger, inFlight: 'join' } as const
    const bursar = createBursar({ ...shared, ...own })
    if (onPaid) bursar.on('settled', (event) => (settlements.isNews(event) ? onPaid(name, event) : undefined))
    if (onEvent) bursar.on('*', (event) => onEvent(name, event))
    bursars.set(name, bursar)
  }
  return bursars
}

/** The options without the proxy's own. */
function bursarOptions(options: ProxyOptions) {
  const { service, agents, port, onAnswered, onPaid, onEvent, onImages, ...others } = options
  const { host, allowHosts, allowOrigins, models, operatorToken, ...paying } = others
  const { maxBodyBytes, maxConcurrent, timeoutMs, keepAliveMs, keepAnswersMs, ...shared } = paying
  return shared
}

function openServices(
  bursars: ReadonlyMap<string, Bursar>,
  { service, models, clock = systemClock, onImages }: ProxyOptions
) {
  const services = new Map<string, ProxyService>()
  for (const [agent, bursar] of bursars) {
    services.set(agent, openService(bursar, { service, models, clock, onImages }, agent))
  }
  return (agent: string): ProxyService => services.get(agent) ?? unknownAgent(agent)
}

function unknownAgent(name: string): never {
  throw new TypeError(`There is no agent "${name}"`)
}

type ContextOfOptions = Omit<
  ServeContext,
  'agents' | 'costs' | 'serviceOf' | 'stopping' | 'answerOperator' | 'metrics'
>

function contextOf(options: ProxyOptions): ContextOfOptions {
  const { clock = systemClock, keepAnswersMs = TEN_MINUTES_MS } = options
  return {
    answers: new SharedAnswers(clock, keepAnswersMs),
    responses: new KeptResponses({ clock, keepMs: keepAnswersMs }),
    clock,
    access: { allowHosts: options.allowHosts ?? [], allowOrigins: options.allowOrigins },
    maxBodyBytes: options.maxBodyBytes ?? 32 * MIB,
    maxConcurrent: options.maxConcurrent ?? 256,
    timeoutMs: options.timeoutMs ?? TEN_MINUTES_MS,
    keepAliveMs: options.keepAliveMs ?? 10_000,
    onAnswered: options.onAnswered
  }
}
