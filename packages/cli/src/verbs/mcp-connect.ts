import { randomUUID } from 'node:crypto'
import { isLoopback, systemClock } from '@bursar/core'
import type { ConnectedServer, McpBridge } from '@bursar/mcp'
import type { McpServerAddress } from '@bursar/mcp/client'
import { commonHosts, type Policy } from '@bursar/policy'
import type { Bursar } from 'bursar'
import { payingOptions } from '../accounts/account-options.js'
import { openBursar } from '../accounts/open-accounts.js'
import type { CommandContext } from '../context.js'
import { dataPath } from '../files/data-folder.js'
import { isUnreachable } from '../is-unreachable.js'
import { throwWithHostHint } from '../mcp-server/host-hint.js'
import { secretsOf } from '../mcp-server/secrets-of.js'
import { confirmationOf } from '../mcp-server/tool-options.js'
import { openCallNotifier } from '../notify/open-call-notifier.js'
import { connectToken } from '../options/given-tokens.js'
import { servingPolicy } from '../policy/command-policy.js'
import { servePolicy } from '../policy/live-policy.js'
import type { PolicyFlags } from '../policy/policy-flags.js'
import { serveStdio } from '../process/serve-stdio.js'
import { untilInterrupted } from '../process/until-interrupted.js'
import { lowBalanceLine } from '../text/change-line.js'
import { UsageError } from '../usage-error.js'

/** The options of `mcp --connect`. */
export interface McpConnectOptions extends PolicyFlags {
  /** The server's URL, or the command that starts it. */
  readonly connect: string
  /** The command's arguments. Without any, they are in `connect`. */
  readonly commandArguments: readonly string[]
}

/** Gives an agent's host the tools of a server that asks for payment, and pays for them. */
export async function mcpConnect(context: CommandContext, options: McpConnectOptions): Promise<void> {
  const { policy } = servingPolicy(context, 'mcp', options)
  const address = parseAddress(options)
  const confirmation = await confirmationOf(policy)
  const accounts = await payingOptions(context, policy, confirmation?.ask).catch(throwWithHostHint)
  const notifier = await openCallNotifier(context)
  const { connectServer, createBridge, FolderJournal } = await import('@bursar/mcp')
  const token = connectToken(context.env)
  const server = await connect(() => connectServer(address, context.version, { token }), address)
  const { currentPolicy, stop } = servePolicy(context, {
    policy,
    flags: options,
    ask: confirmation?.ask,
    restrict: (each) => onlyAt(server.url.host, each)
  })
  // Whatever fails from here on, the process of the server ends as well.
  let bursar: Bursar | undefined
  try {
    bursar = await openBursar(context, { ...accounts, currentPolicy, checkBalance: 'always' })
    if (notifier) bursar.on('*', (event) => notifier.note('mcp', event))
    bursar.on('balance-low', (event) => context.err(lowBalanceLine(event)))
    const bridge = createBridge({
      bursar,
      server,
      ledger: accounts.ledger,
      limits: accounts.limits,
      currentLimits: () => currentPolicy().limits,
      confirmation,
      secrets: secretsOf(context.env, accounts),
      journal: new FolderJournal(dataPath(context.env, 'mcp-calls'), systemClock),
      clock: systemClock,
      newId: randomUUID
    })
    context.err(`Payments to this server go by ${server.url.host}.\n`)
    await untilInterrupted(context.progress, (interrupted) =>
      serveStdio(context, bridge, AbortSignal.any([interrupted, untilLost(context, bridge)]))
    )
  } finally {
    stop()
    await server.client.close()
    await bursar?.close()
    await notifier?.close()
  }
}

/** Payments go to the server alone, and where the policy allows other hosts, to none. */
function onlyAt(host: string, policy: Policy): Policy {
  return { ...policy, allow: { ...policy.allow, hosts: commonHosts(policy.allow?.hosts, [host]) } }
}

/** Aborts when the paid server ends by itself, and says so. */
function untilLost({ err }: CommandContext, { lost }: McpBridge): AbortSignal {
  lost.addEventListener('abort', () => err('The server whose tools are paid has ended.\n'))
  return lost
}

async function connect(
  connecting: () => Promise<ConnectedServer>,
  address: McpServerAddress
): Promise<ConnectedServer> {
  try {
    return await connecting()
  } catch (cause) {
    const what =
      typeof address === 'object' && 'command' in address ? `The program ${address.command}` : 'The server'
    const text = `Nothing was paid. ${what} of --connect cannot be used${adviceOn(cause)}`
    // A program that there is not was written wrongly; a server that does not answer was not.
    throw isUnreachable(cause) ? new Error(text, { cause }) : new UsageError(text, { cause })
  }
}

/** Why a server lets nobody in, where the SDK's own errors show it. */
function adviceOn(cause: unknown): string {
  if (!(cause instanceof Error)) return ''
  if (/Unsupported protocol version/.test(cause.message))
    return ': it speaks a later protocol alone than the one of 2025-11-25'
  const isUnknown = 'code' in cause && (cause.code === 401 || cause.code === 403)
  return isUnknown ? ' without a token that it knows, in BURSAR_CONNECT_TOKEN' : ''
}

function parseAddress({ connect: server, commandArguments }: McpConnectOptions): McpServerAddress {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(server)) {
    if (commandArguments.length > 0) return { command: server, args: commandArguments }
    const [command = '', ...args] = server.trim().split(/\s+/)
    if (command === '') throw new UsageError('--connect needs the URL of a server, or a command')
    return { command, args }
  }
  if (commandArguments.length > 0) throw new UsageError('A URL of --connect takes no arguments')
  const url = URL.canParse(server) ? new URL(server) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!url || !isSafe)
    throw new UsageError(
      '--connect takes an https URL, or an http URL of this machine, where payments cannot be read'
    )
  return url
}
