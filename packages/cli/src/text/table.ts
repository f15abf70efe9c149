/** Characters in a line where the terminal does not say. */
const DEFAULT_COLUMNS = 80
const GAP = '  '

/**
 * Writes rows as columns, each as wide as its widest cell. The last column is cut where a line would be too long.
 *
 * @param columns characters in a line.
 */
export function table(rows: readonly (readonly string[])[], columns = DEFAULT_COLUMNS): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(widest[at] ?? 0, cell.length)),
    []
  )
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0)
  const room = Math.max(columns - before, MIN_LAST_COLUMN)
  return rows.map((row) => line(row, widths, room)).join('')
}

/** What is left of the last column in a terminal that is too narrow for the others. */
const MIN_LAST_COLUMN = 12

function line(row: readonly string[], widths: readonly number[], room: number): string {
  const cells = row.map((cell, at) =>
    at === row.length - 1 ? shorten(cell, room) : cell.padEnd(widths[at] ?? 0)
  )
  return `${cells.join(GAP).trimEnd()}\n`
}

/** A text of at most `max` characters: longer words lose their end, and a longer address or name its middle. */
export function shorten(text: string, max = 14): string {
  if (text.length > max && text.includes(' ')) return `${text.slice(0, max - 1).trimEnd()}…`
  return text.length <= max ? text : `${text.slice(0, max - 5)}…${text.slice(-4)}`
}
