import { once } from 'node:events'
import type { MergedPolicy } from '@bursar/policy'
import type { ProxyOptions, ProxyServiceOptions, RunningProxy } from '@bursar/proxy'
import { payingOptions } from '../accounts/account-options.js'
import { chooseBalanceNetwork, SERVER_START_MS } from '../accounts/balance-network.js'
import { withReadingBursar } from '../accounts/open-accounts.js'
import type { CommandContext } from '../context.js'
import { imageKeeper } from '../files/image-keeper.js'
import { limitsText } from '../limits/limit-rows.js'
import { openCallNotifier } from '../notify/open-call-notifier.js'
import { operatorToken } from '../options/given-tokens.js'
import { hasSumLimit, parseAgent } from '../options/parse-agent.js'
import { parseModelName } from '../options/parse-model-name.js'
import { payingPolicy, servingPolicy } from '../policy/command-policy.js'
import { type ServedPolicy, servePolicy } from '../policy/live-policy.js'
import type { PolicyFlags } from '../policy/policy-flags.js'
import { untilInterrupted } from '../process/until-interrupted.js'
import { linesToPaste, withTokens } from '../proxy/agent-tokens.js'
import { balanceLine, listeningLine, openProxyLog, spendingLine } from '../proxy/proxy-log.js'
import { runChild } from '../proxy/run-child.js'
import { type ServiceChoice, serviceOptions } from '../proxy/service-options.js'
import { lowBalanceLine } from '../text/change-line.js'
import { throwUsage, UsageError } from '../usage-error.js'

/** The options of `proxy`. */
export interface ProxyVerbOptions extends PolicyFlags, ServiceChoice {
  readonly port: number
  /** Each as {@link parseModelName} reads it. */
  readonly model?: readonly string[]
  /** The address that is listened on. */
  readonly bind?: string
  readonly allowHost?: readonly string[]
  readonly allowOrigin?: readonly string[]
  /** Each as {@link parseAgent} reads it. */
  readonly agent?: readonly string[]
  /** Where the images of jobs are saved beside the answers. */
  readonly keepImages?: string
  readonly json?: boolean
}

/**
 * Lets programs on this machine use a paid service as if it were OpenAI or Anthropic, until it is interrupted or for as
 * long as a command runs.
 */
export async function proxy(
  context: CommandContext,
  command: readonly string[],
  options: ProxyVerbOptions
): Promise<void> {
  const named = (options.agent ?? ['default']).map(parseAgent)
  const merged = named.every(hasSumLimit)
    ? payingPolicy(context, options)
    : servingPolicy(context, 'proxy', options)
  const { policy } = merged
  assertOwnToken(context, options)
  const chosen = serviceOptions(context.env, policy, options)
  assertLimitsHold(chosen, named)
  // Equal calls of an agent's program are always joined.
  const { inFlight: _, ...accounts } = await payingOptions(context, policy)
  // Without a record nothing is paid: say so now, and not to each program that asks.
  await accounts.ledger.status()
  const service = accounts.evm && accounts.solana ? await withNetwork(context, chosen) : chosen
  const served = servePolicy(context, { policy, flags: options })
  const agents = await withTokens(context.env, named)
  const notifier = await openCallNotifier(context)
  const { say, ...log } = openProxyLog(context, command.length > 0)
  const { startProxy } = await import('@bursar/proxy')
  const start = (proxyOptions: ProxyOptions) =>
    startProxy(proxyOptions).catch((error) => {
      served.stop()
      return throwUsage(error)
    })
  context.progress.exitCode = await untilInterrupted(context.progress, async (interrupted) => {
    const running = await start({
      ...accounts,
      currentPolicy: served.currentPolicy,
      service: withLiveRule(service, served),
      models: Object.fromEntries((options.model ?? []).map(parseModelName)),
      agents,
      operatorToken: operatorToken(context.env),
      port: options.port,
      host: options.bind,
      allowHosts: options.allowHost,
      allowOrigins: options.allowOrigin,
      onEvent(agent, event) {
        notifier?.note(agent, event)
        if (event.type === 'balance-low') say(lowBalanceLine(event))
      },
      onImages: await imageKeeper(context, options),
      ...log
    })
    try {
      await greet(context, running.url, { merged, service, bind: options.bind })
      return await serve(context, running, { command, options, interrupted })
    } finally {
      served.stop()
      await running.stop()
      await notifier?.close()
      context.err(spendingLine(running.spent()))
    }
  })
}

interface Greeting {
  readonly merged: MergedPolicy
  readonly service: ProxyServiceOptions
  /** The address that is listened on. */
  readonly bind: string | undefined
}

/** Says where it listens, what may be spent, and from what. */
async function greet(
  context: CommandContext,
  url: string,
  { merged, service, bind }: Greeting
): Promise<void> {
  context.err(listeningLine(url, bind))
  const limits = await limitsText(context, merged)
  if (limits !== '') context.err(`Limits: ${limits}.\n`)
  if (service.name === 'katana' || service.name === 'venice') context.err(balanceLine(service))
}

/** Katana, paid from the balance of the network that {@link chooseBalanceNetwork} finds. */
async function withNetwork(
  context: CommandContext,
  service: ProxyServiceOptions
): Promise<ProxyServiceOptions> {
  if (service.name !== 'katana') return service
  const { baseUrl } = service
  const network = await withReadingBursar(context, (bursar) =>
    chooseBalanceNetwork(bursar, baseUrl === undefined ? {} : { baseUrl }, { withinMs: SERVER_START_MS })
  )
  return { ...service, network }
}

/** The service, topped up by the rule that the policy has now. */
function withLiveRule(service: ProxyServiceOptions, { liveRule }: ServedPolicy): ProxyServiceOptions {
  if (service.name !== 'katana' && service.name !== 'venice') return service
  return { ...service, topUp: liveRule(service.name) }
}

interface Serving {
  readonly command: readonly string[]
  readonly options: ProxyVerbOptions
  readonly interrupted: AbortSignal
}

/** @returns the exit code. */
async function serve(
  context: CommandContext,
  running: RunningProxy,
  { command, options, interrupted }: Serving
): Promise<number> {
  if (command.length > 0) return runChild(context, running, { command, interrupted })
  const named = running.agents.map(async ({ name }) => [name, await running.envFor(name)] as const)
  const envs = await Promise.all(named)
  if (options.json) {
    const agents = envs.map(([name, env]) => ({ name, env }))
    context.out(`${JSON.stringify({ url: running.url, agents })}\n`)
  }
  for (const [name, env] of options.json ? [] : envs)
    context.out(`# ${name}\n${linesToPaste(context.env, env)}`)
  if (!interrupted.aborted) await once(interrupted, 'abort')
  return 0
}

/** Venice tells no price: nothing but its top-ups can be held to a limit. @throws {UsageError} */
function assertLimitsHold(
  { name }: ProxyServiceOptions,
  agents: readonly ReturnType<typeof parseAgent>[]
): void {
  const limited = agents.find(({ limits = {} }) => Object.keys(limits).length > 0)
  if (name !== 'venice' || !limited) return
  throw new UsageError(
    `venice tells no price, so that the limits of ${limited.name} could not hold: give it none`
  )
}

/** What others can reach has a token that the operator gives out. @throws {UsageError} */
function assertOwnToken({ env }: CommandContext, { bind, allowHost, allowOrigin }: ProxyVerbOptions): void {
  const given = bind ?? allowHost ?? allowOrigin
  if (given === undefined || env.BURSAR_PROXY_TOKEN) return
  throw new UsageError(
    '--bind, --allow-host and --allow-origin let in more than programs on this machine: set BURSAR_PROXY_TOKEN to a token of yours, of at least 16 characters'
  )
}
