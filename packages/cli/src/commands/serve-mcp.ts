import type { Command } from 'commander'
import type { CommandContext } from '../context.js'
import { UsageError } from '../usage-error.js'
import type { McpVerbOptions } from '../verbs/mcp.js'

/** What a bridge to another server takes of the options. */
const ofBridge = [
  'connect',
  'maxAmount',
  'limit',
  'confirmAbove',
  'unconfirmed',
  'network',
  'prefer',
  'testnet',
  'rpc',
  'json'
]

/** Serves the tools of this command, or those of the server that `--connect` names. */
export async function serveMcp(
  context: CommandContext,
  commandArguments: readonly string[],
  command: Command
): Promise<void> {
  const { connect, ...options } = command.opts<McpVerbOptions & { readonly connect?: string }>()
  if (connect !== undefined) {
    assertForBridge(command)
    const { mcpConnect } = await import('../verbs/mcp-connect.js')
    return mcpConnect(context, { ...options, connect, commandArguments })
  }
  if (commandArguments.length > 0) throw new UsageError('The arguments of a command need --connect')
  const { mcp } = await import('../verbs/mcp.js')
  return mcp(context, options)
}

function assertForBridge(command: Command): void {
  for (const option of command.options) {
    const name = option.attributeName()
    if (command.getOptionValueSource(name) === 'cli' && !ofBridge.includes(name))
      throw new UsageError(
        `--connect serves the tools of that server, which have no use for ${option.long ?? option.flags}`
      )
  }
}
