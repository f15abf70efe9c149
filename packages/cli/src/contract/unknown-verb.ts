import { nearestName } from '@bursar/core'
import type { Command } from 'commander'
import { UsageError } from '../usage-error.js'
import { verbExits } from './verb-exits.js'

/**
 * Rejects what follows a group whose first verb needs no name, such as `wallet`, and names none of its verbs.
 *
 * @throws {UsageError}
 */
export function assertVerb({ args, registeredArguments, parent }: Command): void {
  if (parent && args.length > 0 && registeredArguments.length === 0)
    throw unknownVerb(`${parent.name()} ${args[0]}`)
}

/** The error of words that are no verb: a group of verbs, such as `wallet`, or a word that nothing is called. */
export function unknownVerb(words: string): UsageError {
  const verbs = Object.keys(verbExits)
  const below = verbs.filter((verb) => verb.startsWith(`${words} `))
  if (below.length > 0)
    return new UsageError(`"${words}" is a group of verbs. Name one of them: ${below.join(', ')}`)
  const nearest = nearestName(words, verbs)
  const siblings = verbs.filter((verb) => verb.startsWith(`${words.split(' ', 1)[0]} `))
  const known = siblings.length > 0 ? `There are ${siblings.join(', ')}` : 'bursar --help lists them'
  const hint = nearest === undefined ? known : `Did you mean ${nearest}?`
  return new UsageError(`There is no verb "${words.slice(0, 60)}". ${hint}`)
}
