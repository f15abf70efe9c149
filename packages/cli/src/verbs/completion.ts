import type { Command } from 'commander'
import { completionsOf } from '../completion/candidates.js'
import { type Shell, shellScripts } from '../completion/shell-scripts.js'
import type { CommandContext } from '../context.js'

/** What is completed. */
export interface Completion {
  readonly program: Command
  readonly shell: Shell
  /** What is typed by now, without `bursar`; the last is what is completed. Empty: the script of the shell is wanted. */
  readonly words: readonly string[]
}

/** Prints the script by which a shell completes the command; with words, what the last of them can be. */
export async function completion(
  context: CommandContext,
  { program, shell, words }: Completion,
  { json }: { readonly json?: boolean }
): Promise<void> {
  if (words.length === 0) {
    const script = shellScripts[shell]
    return context.out(json ? `${JSON.stringify({ script })}\n` : script)
  }
  const found = await completionsOf(program, words, context)
  context.out(json ? `${JSON.stringify({ words: found })}\n` : found.map((word) => `${word}\n`).join(''))
}
