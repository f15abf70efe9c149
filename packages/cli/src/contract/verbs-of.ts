import type { Command } from 'commander'
import { exitHelp } from './exit-texts.js'
import { exitsOf } from './verb-exits.js'

/** The words of a verb, as `wallet create`. */
export function verbName(command: Command): string {
  const words: string[] = []
  for (let at: Command | null = command; at?.parent; at = at.parent) words.unshift(at.name())
  return words.join(' ')
}

/** Every verb of a program that does something: all but the groups of others. */
export function verbsOf(program: Command): readonly Command[] {
  return program.commands.flatMap((command) =>
    isGroup(command) ? verbsOf(command) : [command, ...verbsOf(command)]
  )
}

/** A group has verbs and does nothing itself: its help says what its verbs end with by theirs. */
function isGroup(command: Command): boolean {
  return (
    command.commands.length > 0 && command.registeredArguments.length === 0 && command.options.length === 0
  )
}

/** Has the help of every verb end with its exit codes. */
export function addExitCodes(program: Command): void {
  for (const verb of verbsOf(program)) {
    const exits = exitsOf(verbName(verb))
    if (exits) verb.addHelpText('after', exitHelp(exits))
  }
}
