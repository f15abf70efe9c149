import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { systemClock } from '@bursar/core'
import type { McpContext } from '@bursar/mcp'
import { createKatana } from 'bursar/katana'
import { payingOptions } from '../accounts/account-options.js'
import { chooseBalanceNetwork, SERVER_START_MS } from '../accounts/balance-network.js'
import { openBursar } from '../accounts/open-accounts.js'
import { KATANA_URL, serviceEndpoint } from '../accounts/service-endpoint.js'
import type { CommandContext } from '../context.js'
import { dataPath } from '../files/data-folder.js'
import { noteSaved } from '../files/saved-files.js'
import { limitsText } from '../limits/limit-rows.js'
import { throwWithHostHint } from '../mcp-server/host-hint.js'
import { secretsOf } from '../mcp-server/secrets-of.js'
import { parseToolOptions, type ToolOptions } from '../mcp-server/tool-options.js'
import { openCallNotifier } from '../notify/open-call-notifier.js'
import { operatorToken, proxyToken } from '../options/given-tokens.js'
import { servingPolicy } from '../policy/command-policy.js'
import { servePolicy } from '../policy/live-policy.js'
import type { PolicyFlags } from '../policy/policy-flags.js'
import { serveStdio } from '../process/serve-stdio.js'
import { untilInterrupted } from '../process/until-interrupted.js'
import { lowBalanceLine } from '../text/change-line.js'
import { checkUsage } from '../usage-error.js'

/** The options of `mcp`. */
export interface McpVerbOptions extends PolicyFlags, ToolOptions {
  readonly http?: boolean
  readonly port: number
  readonly url?: string
  readonly allowHost?: readonly string[]
}

/** Gives an agent's host tools that pay: over standard input and output, or over HTTP. */
export async function mcp(context: CommandContext, options: McpVerbOptions): Promise<void> {
  const { baseUrl = KATANA_URL } = serviceEndpoint(context.env, 'katana', options.url)
  const flags = withHosts(options, baseUrl)
  const merged = servingPolicy(context, 'mcp', flags)
  const { policy } = merged
  const offer = await parseToolOptions(options, policy)
  const accounts = await payingOptions(context, policy, offer.confirmation?.ask).catch(throwWithHostHint)
  const notifier = await openCallNotifier(context)
  const { currentPolicy, liveRule, stop } = servePolicy(context, {
    policy,
    flags,
    ask: offer.confirmation?.ask
  })
  const bursar = await openBursar(context, { ...accounts, currentPolicy, checkBalance: 'always' })
  if (notifier) bursar.on('*', (event) => notifier.note('mcp', event))
  bursar.on('balance-low', (event) => context.err(lowBalanceLine(event)))
  try {
    const { FolderJournal } = await import('@bursar/mcp')
    const network = await chooseBalanceNetwork(bursar, { baseUrl }, { withinMs: SERVER_START_MS })
    const tools: McpContext = {
      bursar,
      katana: checkUsage(() => createKatana(bursar, { baseUrl, network, topUp: liveRule('katana') })),
      ledger: accounts.ledger,
      limits: accounts.limits,
      currentLimits: () => currentPolicy().limits,
      ...offer,
      secrets: secretsOf(context.env, accounts),
      onSaved: (job, files) => noteSaved(context.env, job, files),
      journal: new FolderJournal(dataPath(context.env, 'mcp-calls'), systemClock),
      clock: systemClock,
      newId: randomUUID
    }
    context.err(`Limits: ${await limitsText(context, merged)}.\n`)
    await untilInterrupted(context.progress, (interrupted) =>
      options.http
        ? serveHttp(context, tools, { port: options.port, interrupted })
        : serveHost(context, tools, interrupted)
    )
  } finally {
    stop()
    await bursar.close()
    await notifier?.close()
  }
}

/** With hosts of the operator's, those alone are paid, and Katana. */
function withHosts(options: McpVerbOptions, baseUrl: string): PolicyFlags {
  const { allowHost } = options
  return allowHost ? { ...options, payHosts: [...allowHost, new URL(baseUrl).host] } : options
}

async function serveHost(
  context: CommandContext,
  tools: McpContext,
  interrupted: AbortSignal
): Promise<void> {
  const { createMcpServer } = await import('@bursar/mcp')
  await serveStdio(context, createMcpServer(tools, context.version), interrupted)
}

async function serveHttp(
  context: CommandContext,
  tools: McpContext,
  { port, interrupted }: { readonly port: number; readonly interrupted: AbortSignal }
): Promise<void> {
  const [{ serveHttp: start }, { Agents, newToken }] = await Promise.all([
    import('@bursar/mcp'),
    import('@bursar/local-server')
  ])
  const token = proxyToken(context.env) ?? newToken()
  const agents = new Agents([{ name: 'mcp', token }])
  const secrets = [...(tools.secrets ?? []), token]
  const serving = { agents, port, version: context.version, operatorToken: operatorToken(context.env) }
  const server = await start({ ...tools, secrets }, serving)
  const headers = { Authorization: `Bearer ${token}` }
  context.out(`${JSON.stringify({ url: server.url, headers })}\n`)
  context.err('Serving tools to programs on this machine that have the token. Ctrl-C ends it.\n')
  if (!interrupted.aborted) await once(interrupted, 'abort')
  await server.stop()
}
