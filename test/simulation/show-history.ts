import type { History } from './play-history.js'

/** Of everything that happens, what a reader needs beside the purchases that went wrong. */
const background = /crashes, and|stands still|power fails|the store |the clock of|nothing goes wrong|!!!/
const aName = /\b(?:intent-\d+|payment-\d+|p[0-9a-f]{32})\b/g
/** Lines are seldom of interest, and many. */
const MAX_LINES = 400

/** The lines of a history that are about what went wrong in it, and about the world around that. */
export function showHistory({ lines, violations }: History): readonly string[] {
  const names = new Set(violations.flatMap((violation) => violation.match(aName) ?? []))
  // A payment is known by what it was signed for, and so is a purchase.
  for (const line of lines) {
    const [, one, intent] = / (?:signs|reserve) (\S+) for (intent-\d+)/.exec(line) ?? []
    if (one && intent && (names.has(one) || names.has(intent))) names.add(one).add(intent)
  }
  const isAbout = (line: string): boolean =>
    background.test(line) || (line.match(aName) ?? []).some((name) => names.has(name))
  const shown = lines.filter(isAbout)
  const left = shown.length - MAX_LINES
  return left > 0 ? [...shown.slice(0, MAX_LINES), `… and ${left} lines more`] : shown
}
