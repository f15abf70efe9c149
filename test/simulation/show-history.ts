import type { History } from './play-history.js'

/** Of everything that happens, what a reader needs beside the purchases that went wrong. */
const background = /crashes, and|stands still|power fails|the store |the clock of|nothing goes wrong|!!!/
/** Lines are seldom of interest, and many. */
const MAX_LINES = 400

/** The lines of a history that are about what went wrong in it, and about the world around that. */
export function showHistory({ lines, violations }: History): readonly string[] {
  const names = new Set(
    violations.flatMap((violation) => violation.match(/\b(?:intent|payment)-\d+\b/g) ?? [])
  )
  // A payment is known by what it was signed for.
  for (const line of lines) {
    const [, payment, intent] = / signs (payment-\d+) for (intent-\d+)/.exec(line) ?? []
    if (payment && intent && (names.has(payment) || names.has(intent))) names.add(payment).add(intent)
  }
  const isAbout = (line: string): boolean =>
    background.test(line) || (line.match(/\b(?:intent|payment)-\d+\b/g) ?? []).some((name) => names.has(name))
  const shown = lines.filter(isAbout)
  const left = shown.length - MAX_LINES
  return left > 0 ? [...shown.slice(0, MAX_LINES), `… and ${left} lines more`] : shown
}
