/** One line of the benchmark. */
export interface BenchRow {
  /** What was measured, such as `paid-call/base/c16`. */
  readonly bench: string
  readonly unit: string
  readonly peer: string
  readonly ours: number
  readonly theirs: number
  /** What no client can pass, where it is known. */
  readonly floor?: number
  /** Ours over theirs: of the medians, or the median of the rounds' own ratios. */
  readonly ratio: number
}

/** Lays the rows out for people. */
export function formatRows(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ bench, unit, peer, ours, theirs, floor, ratio }) => [
    bench,
    `${round(ours)} ${unit}`,
    `${round(theirs)} ${unit}`,
    floor === undefined ? '' : `${round(floor)} ${unit}`,
    `${ratio.toPrecision(3)} x ${peer}`
  ])
  const table = [['bench', 'bursar', 'peer', 'floor', 'ratio'], ...cells]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toPrecision(3)
}
