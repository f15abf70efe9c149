/**
 * The known name nearest to a misspelt one, in any letter case, if one is near enough. A missing ending, such as a
 * unit, counts as one letter.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.toLowerCase()
  let nearest: string | undefined
  let least = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const lower = candidate.toLowerCase()
    const isBeginning = wanted.length > 3 && lower.startsWith(wanted)
    const distance = isBeginning ? 1 : editDistance(wanted, lower)
    if (distance < least) [nearest, least] = [candidate, distance]
  }
  return nearest
}

/** The number of letters that must be inserted, deleted or changed. Very long names are not compared. */
function editDistance(from: string, to: string): number {
  if (from.length > 64) return Number.POSITIVE_INFINITY
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1]
    for (const [column, other] of [...to].entries()) {
      const [left = 0, above = 0, diagonal = 0] = [next[column], row[column + 1], row[column]]
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row[to.length] ?? 0
}
