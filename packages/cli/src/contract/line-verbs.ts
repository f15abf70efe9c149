/** Verbs that print JSON Lines with `--json`, since what they list may be longer than memory. */
const lineVerbs: ReadonlySet<string> = new Set(['history', 'outstanding', 'transactions', 'watch'])

/** Whether a verb prints JSON Lines, and not one document. */
export function isLineVerb(verb: string): boolean {
  return lineVerbs.has(verb)
}
