import type { McpContext } from '@bursar/mcp'
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
  readonly confirmAbove?: string
  readonly unconfirmed?: 'pay' | 'refuse'
}

/** What the options make of the tools' context. @throws {UsageError} when there is no such tool. */
export async function parseToolOptions(
  options: ToolOptions
): Promise<Pick<McpContext, 'files' | 'input' | 'pictures' | 'tools' | 'confirmation'>> {
  const { AnswerFiles, Confirmation, toolNames } = await import('@bursar/mcp')
  const { output, input, pictures, maxFiles: files, maxMegabytes, confirmAbove: above } = options
  const bytes = maxMegabytes === undefined ? undefined : maxMegabytes * 1_000_000
  return {
    files: new AnswerFiles(output, { files, bytes }),
    input,
    pictures,
    tools: options.tools?.split(',').map((name) => toolOf(name.trim(), toolNames)),
    confirmation:
      above === undefined ? undefined : new Confirmation({ above, otherwise: options.unconfirmed })
  }
}

function toolOf<Name extends string>(text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text)
  if (found !== undefined) return found
  throw new UsageError(`--tools: there is no tool "${text}". There are ${names.join(', ')}`)
}
