/** Columns side by side, the last as wide as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    []
  )
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
  )
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

/** The middle of a long name left out. */
export function short(text: string, most = 14): string {
  return text.length <= most ? text : `${text.slice(0, most - 5)}…${text.slice(-4)}`
}
