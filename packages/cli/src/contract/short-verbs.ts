/** Verbs that ask chains or services a few times, and end. */
const shortVerbs: ReadonlySet<string> = new Set(['balance', 'proof', 'quote', 'topup', 'transactions'])

/** Whether a verb ends after a few questions, so that nothing is gained by what pays off later. */
export function isShortVerb(verb: string): boolean {
  return shortVerbs.has(verb)
}
