import { nearestName } from '@bursar/core'
import { UsageError } from '../usage-error.js'
import { verbExits } from './verb-exits.js'

/** The error of words that are no verb: a group of verbs, such as `wallet`, or a word that nothing is called. */
export function unknownVerb(words: string): UsageError {
  const verbs = Object.keys(verbExits)
  const below = verbs.filter((verb) => verb.startsWith(`${words} `))
  if (below.length > 0)
    return new UsageError(`"${words}" is a group of verbs. Name one of them: ${below.join(', ')}`)
  const nearest = nearestName(words, verbs)
  const hint = nearest === undefined ? 'bursar --help lists them' : `Did you mean ${nearest}?`
  return new UsageError(`There is no verb "${words.slice(0, 60)}". ${hint}`)
}
