/** Says that there is no fault of a name, and which faults there are, the most similar name first. */
export function unknownNameMessage(name: string, names: readonly string[]): string {
  const byDistance = names
    .map((known) => ({ known, distance: editDistance(name, known) }))
    .sort((left, right) => left.distance - right.distance)
  return `There is no fault "${name}". There are: ${byDistance.map(({ known }) => known).join(', ')}.`
}

/** The Levenshtein distance: how many characters must be inserted, deleted or replaced. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [fromIndex, fromCharacter] of [...from].entries()) {
    const next = [fromIndex + 1]
    for (const [toIndex, toCharacter] of [...to].entries()) {
      const replaced = (row[toIndex] ?? 0) + (fromCharacter === toCharacter ? 0 : 1)
      const inserted = (next[toIndex] ?? 0) + 1
      const deleted = (row[toIndex + 1] ?? 0) + 1
      next.push(Math.min(replaced, inserted, deleted))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
