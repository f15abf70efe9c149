import { type Ledger, parseUsdc, systemClock, type UsdcAmount } from '@bursar/core'
import type { BursarEvent, Limits, SumLimits } from '@bursar/fetch'
import { memoryLedger } from '@bursar/ledger'
import { type AgentOptions, Agents, listen, newToken } from '@bursar/local-server'
import { type Bursar, type BursarOptions, createBursar } from 'bursar'
import { openService, type ProxyServiceOptions } from './open-service.js'
import { type AnswerNote, createHandler } from './serve.js'
import type { ProxyService } from './service.js'
import { SharedAnswers } from './shared-answers.js'

/** How the proxy is started: with a bursar's accounts and limits, which nobody who asks can see or change. */
export interface ProxyOptions extends Omit<BursarOptions, 'ledger' | 'prepaid'> {
  readonly ledger: Ledger | 'memory'
  readonly service: ProxyServiceOptions
  /** Default: one, named `default`, with a random token. */
  readonly agents?: readonly AgentOptions[]
  /** Default 8402; 0 for any free one. */
  readonly port?: number
  /** Largest body that is read. Default 16 MiB. */
  readonly maxBodyBytes?: number
  /** Calls that may be on their way at once. Default 16. */
  readonly maxConcurrent?: number
  /** Milliseconds for one answer. Default 600_000. */
  readonly timeoutMs?: number
  /** Milliseconds after which a stream that waits says so, again and again. Default 10_000. */
  readonly keepAliveMs?: number
  /** Milliseconds for which an answer is kept for those who ask again. Default 600_000. */
  readonly keepAnswersMs?: number
  /** Told of each request, once it is answered. */
  readonly onAnswered?: (note: AnswerNote) => void
  /** Told of each payment, when it has settled. */
  readonly onPaid?: (agent: string, event: BursarEvent) => void
}

/** A running proxy. */
export interface Proxy extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8402`. */
  readonly url: string
  readonly agents: readonly AgentOptions[]
  /** What a program is started with, so that OpenAI's and Anthropic's SDKs in it use the proxy. */
  envFor(agent: string): Readonly<Record<string, string>>
  /** Ends it. Answers that are on their way are cut; what was signed is in the ledger. */
  stop(): Promise<void>
}

/**
 * Starts a proxy on this machine that lets any OpenAI- or Anthropic-compatible program use paid services: it asks as it
 * always does, and the proxy pays, within the limits of the token that it was given.
 *
 * @throws {TypeError} when an option is malformed, or the port is taken.
 * @throws {BursarError} `amount/malformed`
 */
export async function startProxy(options: ProxyOptions): Promise<Proxy> {
  const { service, clock = systemClock, port = 8402, onPaid } = options
  const { agents = [{ name: 'default', token: newToken() }] } = options
  const known = new Agents(agents)
  const ledger = options.ledger === 'memory' ? memoryLedger() : options.ledger
  const bursars = new Map(agents.map((agent) => [agent.name, bursarFor(agent, options, ledger)]))
  for (const [agent, bursar] of bursars) if (onPaid) bursar.on('settled', (event) => onPaid(agent, event))
  const services = new Map<string, ProxyService>()
  const stopping = new AbortController()
  const close = async (): Promise<void> => {
    for (const bursar of bursars.values()) await bursar.close()
  }
  try {
    for (const [agent, bursar] of bursars) services.set(agent, await openService(bursar, service, { agent }))
    const handle = createHandler({
      agents: known,
      serviceOf: (agent) => services.get(agent) as ProxyService,
      answers: new SharedAnswers(clock, options.keepAnswersMs ?? 600_000),
      clock,
      maxBodyBytes: options.maxBodyBytes ?? 16 * 1024 * 1024,
      maxConcurrent: options.maxConcurrent ?? 16,
      timeoutMs: options.timeoutMs ?? 600_000,
      keepAliveMs: options.keepAliveMs ?? 10_000,
      stopping: stopping.signal,
      onAnswered: options.onAnswered
    })
    const server = await listen(port, handle)
    const { url } = server
    let stopped: Promise<void> | undefined
    const stop = (): Promise<void> => {
      stopping.abort()
      stopped ??= server.close().then(close)
      return stopped
    }
    return { url, agents, envFor: (agent) => envOf(url, agents, agent), stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await close()
    throw error
  }
}

function bursarFor({ limits = {} }: AgentOptions, options: ProxyOptions, ledger: Ledger): Bursar {
  const { payment, ...sums } = limits
  const { payment: most, perLabel = {}, ...others } = options.limits
  const held: Limits = {
    ...others,
    payment: least(payment, most) ?? most,
    perLabel: { ...perLabel, agent: leastOf(sums, perLabel.agent ?? {}) }
  }
  return createBursar({ ...options, limits: held, ledger })
}

/** Of two limits on the same, both hold. */
function leastOf(own: SumLimits, all: SumLimits): SumLimits {
  const names = new Set([...Object.keys(own), ...Object.keys(all)]) as Set<keyof SumLimits>
  return Object.fromEntries([...names].map((name) => [name, least(own[name], all[name])]))
}

function least(a: UsdcAmount | undefined, b: UsdcAmount | undefined): UsdcAmount | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return parseUsdc(a) < parseUsdc(b) ? a : b
}

function envOf(url: string, agents: readonly AgentOptions[], name: string): Readonly<Record<string, string>> {
  const agent = agents.find((each) => each.name === name)
  if (!agent) throw new TypeError(`There is no agent "${name}"`)
  return {
    OPENAI_BASE_URL: `${url}/v1`,
    OPENAI_API_KEY: agent.token,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: agent.token
  }
}
