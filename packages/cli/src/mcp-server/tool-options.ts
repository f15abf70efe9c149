import type { Confirmation, McpContext } from '@bursar/mcp'
import { UsageError } from '../usage-error.js'

/** Options of `mcp` that say what tools may do, besides what they may spend. */
export interface ToolOptions extends ConfirmationOptions {
  readonly output?: string
  readonly input?: string
  readonly pictures?: McpContext['pictures']
  readonly maxFiles?: number
  readonly maxMegabytes?: number
  /** Names with commas between them. */
  readonly tools?: string
}

/** Options that say which payments a person is asked about. */
export interface ConfirmationOptions {
  readonly confirmAbove?: string
  readonly unconfirmed?: 'pay' | 'refuse'
}

/** What the options make of the tools' context. @throws {UsageError} when there is no such tool. */
export async function parseToolOptions(
  options: ToolOptions
): Promise<Pick<McpContext, 'files' | 'input' | 'pictures' | 'tools' | 'confirmation'>> {
  const { AnswerFiles, toolNames } = await import('@bursar/mcp')
  const { output, input, pictures, maxFiles: files, maxMegabytes } = options
  const bytes = maxMegabytes === undefined ? undefined : maxMegabytes * 1_000_000
  return {
    files: new AnswerFiles(output, { files, bytes }),
    input,
    pictures,
    tools: options.tools?.split(',').map((name) => toolOf(name.trim(), toolNames)),
    confirmation: await parseConfirmation(options)
  }
}

/** Asks a person about the payments that the options name. */
export async function parseConfirmation({
  confirmAbove: above,
  unconfirmed: otherwise
}: ConfirmationOptions): Promise<Confirmation | undefined> {
  const { Confirmation } = await import('@bursar/mcp')
  return above === undefined ? undefined : new Confirmation({ above, otherwise })
}

function toolOf<Name extends string>(text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text)
  if (found !== undefined) return found
  throw new UsageError(`--tools: there is no tool "${text}". There are ${names.join(', ')}`)
}
