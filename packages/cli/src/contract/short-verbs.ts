/** Verbs that ask chains or services a few times, pay nothing, and end. */
const shortVerbs: ReadonlySet<string> = new Set(['balance', 'proof', 'quote', 'transactions'])

/** Whether a verb ends after a few questions, so that nothing is gained by what pays off later. */
export function isShortVerb(verb: string): boolean {
  return shortVerbs.has(verb)
}
