import type { Command } from 'commander'
import type { CommandContext } from '../context.js'
import { exitHelp } from '../contract/exit-texts.js'
import { manualPage } from '../contract/manual-page.js'
import { unknownVerb } from '../contract/unknown-verb.js'
import { exitsOf } from '../contract/verb-exits.js'
import { verbName } from '../contract/verbs-of.js'

/** Whose help is shown: the words of a verb; none: that of the command itself. */
interface HelpQuery {
  readonly program: Command
  readonly verb: readonly string[]
}

/** The options of `help`. */
interface HelpOptions {
  readonly man?: boolean
  readonly json?: boolean
}

/** Shows the help of a verb, or the manual page of all of them. @throws {UsageError} for words that are no verb. */
export function showHelp(
  { out }: CommandContext,
  { program, verb }: HelpQuery,
  { man, json }: HelpOptions
): void {
  const command = commandOf(program, verb)
  if (json) out(`${JSON.stringify({ text: man ? manualPage(program) : helpOf(command) })}\n`)
  else if (man) out(manualPage(program))
  else command.outputHelp()
}

/** @throws {UsageError} */
function commandOf(program: Command, words: readonly string[]): Command {
  let command = program
  for (const word of words) {
    const below = command.commands.find((each) => each.name() === word)
    if (!below) throw unknownVerb(words.join(' '))
    command = below
  }
  return command
}

function helpOf(command: Command): string {
  const exits = exitsOf(verbName(command))
  return `${command.helpInformation()}${exits ? `${exitHelp(exits)}\n` : ''}`
}
