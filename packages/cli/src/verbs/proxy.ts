import { once } from 'node:events'
import type { AgentLimits, AgentOptions } from '@bursar/local-server'
import type { ProxyServiceOptions } from '@bursar/proxy'
import { accountOptions } from '../accounts.js'
import type { Io } from '../io.js'
import { limitsFor } from '../limits-file.js'
import { exportsOf, runIn, untilInterrupted, withoutSecrets } from '../run-in.js'

/** What `proxy` is asked. */
export interface ProxyVerbOptions {
  readonly service: string
  readonly url?: string
  readonly port: string
  readonly agent?: readonly string[]
  readonly maxAmount?: string
  readonly json?: boolean
}

/**
 * Lets programs on this machine use a paid service as if it were OpenAI's or Anthropic's, until it is interrupted or for as
 * long as a command runs.
 *
 * @returns the command's exit code.
 */
export async function proxy(io: Io, command: readonly string[], options: ProxyVerbOptions): Promise<number> {
  const [{ startProxy }, { newToken }] = await Promise.all([
    import('@bursar/proxy'),
    import('@bursar/local-server')
  ])
  const port = portOf(options.port)
  const named = options.agent ?? []
  const agents = (named.length === 0 ? ['default'] : named).map((text) => agentOf(text, newToken))
  const service = serviceOf(io, options)
  const accounts = await accountOptions(io, limitsFor(io.env, options.maxAmount))
  return untilInterrupted(async (interrupted) => {
    await using running = await startProxy({
      ...accounts,
      service,
      agents: fixed(agents, io),
      port,
      onAnswered: ({ agent = 'nobody', path, status, ms }) =>
        io.tell(`${agent}  ${path}  ${status}  ${ms} ms\n`),
      onPaid: (agent, { amount, host }) => io.tell(`${agent}  paid ${amount} USDC to ${host}\n`)
    })
    io.tell(`Listening on ${running.url}, for programs on this machine that have the token.\n`)
    const [first] = running.agents
    const env = running.envFor(first?.name ?? '')
    if (command.length > 0) return await runIn({ ...withoutSecrets(io.env), ...env }, command, interrupted)
    if (options.json)
      io.out(`${JSON.stringify(running.agents.map(({ name }) => [name, running.envFor(name)]))}\n`)
    else for (const { name } of running.agents) io.out(`# ${name}\n${exportsOf(running.envFor(name))}`)
    if (!interrupted.aborted) await once(interrupted, 'abort')
    return 0
  })
}

/** A program that is set up once wants a token that stays. */
function fixed(agents: readonly AgentOptions[], { env }: Io): readonly AgentOptions[] {
  const token = env.BURSAR_PROXY_TOKEN
  const [first, ...others] = agents
  return token && first ? [{ ...first, token }, ...others] : agents
}

/** @throws {TypeError} */
function portOf(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port < 65_536) return port
  throw new TypeError('--port is a number up to 65535')
}

/** Reads `research=day:1.00,payment:0.05`. @throws {TypeError} */
function agentOf(text: string, newToken: () => string): AgentOptions {
  const [name = '', sums] = text.split('=')
  if (sums === undefined) return { name, token: newToken() }
  const limits = sums.split(',').map((sum) => {
    const [, window = '', amount = ''] = /^(payment|minute|hour|day|week|month|total):(.+)$/.exec(sum) ?? []
    if (window === '') throw new TypeError('--agent wants name, or name=day:1.00,payment:0.05')
    return [window, amount]
  })
  return { name, token: newToken(), limits: Object.fromEntries(limits) as AgentLimits }
}

/** @throws {TypeError} */
function serviceOf({ env }: Io, { service, url }: ProxyVerbOptions): ProxyServiceOptions {
  const name = service.toUpperCase()
  const baseUrl = url ?? env[`${name}_URL`]
  const place = baseUrl === undefined ? {} : { baseUrl }
  if (service === 'katana') return { name: service, ...place }
  if (service !== 'openclaw' && service !== 'tokenhot' && service !== 'tokenhub')
    throw new TypeError('--service is katana, openclaw, tokenhot or tokenhub')
  const apiKey = env[`${name}_API_KEY`]
  if (!apiKey) throw new TypeError(`${service} bills an account: set ${name}_API_KEY`)
  return { name: service, apiKey, ...place }
}
