import type { Confirmation, McpContext } from '@bursar/mcp'
import type { Policy } from '@bursar/policy'
import { UsageError } from '../usage-error.js'

/** Options of `mcp` that say what tools may do, besides what they may spend. */
export interface ToolOptions {
  readonly output?: string
  readonly input?: string
  readonly pictures?: McpContext['pictures']
  readonly maxFiles?: number
  readonly maxMegabytes?: number
  /** Names with commas between them. */
  readonly tools?: string
}

/** What the options make of the tools' context. @throws {UsageError} when there is no such tool. */
export async function parseToolOptions(
  options: ToolOptions,
  policy: Policy
): Promise<Pick<McpContext, 'files' | 'input' | 'pictures' | 'tools' | 'confirmation'>> {
  const { AnswerFiles, toolNames } = await import('@bursar/mcp')
  const { output, input, pictures, maxFiles: files, maxMegabytes } = options
  const bytes = maxMegabytes === undefined ? undefined : maxMegabytes * 1_000_000
  return {
    files: new AnswerFiles(output, { files, bytes }),
    input,
    pictures,
    tools: options.tools?.split(',').map((name) => toolOf(name.trim(), toolNames)),
    confirmation: await confirmationOf(policy)
  }
}

/** Asks the person at the host about the payments that the policy names. The bursar's own `confirm` says which. */
export async function confirmationOf({ confirm }: Policy): Promise<Confirmation | undefined> {
  const { Confirmation } = await import('@bursar/mcp')
  return confirm && new Confirmation({ above: confirm.above, otherwise: confirm.unanswered })
}

function toolOf<Name extends string>(text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text)
  if (found !== undefined) return found
  throw new UsageError(`--tools: there is no tool "${text}". There are ${names.join(', ')}`)
}
