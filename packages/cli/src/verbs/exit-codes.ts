import type { CommandContext } from '../context.js'
import { exitHelp, exitRows } from '../contract/exit-texts.js'
import { unknownVerb } from '../contract/unknown-verb.js'
import { exitsOf } from '../contract/verb-exits.js'

/** Prints what exit codes mean: all of them, or those that one verb ends with. */
export function showExitCodes(
  context: CommandContext,
  words: readonly string[],
  { json }: { readonly json?: boolean }
): void {
  const verb = words.join(' ')
  const exits = verb === '' ? undefined : exitsOf(verb)
  if (verb !== '' && !exits) throw unknownVerb(verb)
  if (json) context.out(`${JSON.stringify({ exitCodes: exitRows(exits) })}\n`)
  else context.out(`${exitHelp(exits).trimStart()}\n`)
}
