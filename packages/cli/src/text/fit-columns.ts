import type { Cut } from './text-width.js'

/** How the cells of a column become shorter. */
export interface Shrink {
  /** Columns shrink one after the other, the lowest number first. */
  readonly order: number
  /** The fewest cells of the terminal that are left of it, while other columns can be left out instead. */
  readonly min: number
  /** The fewest once no other can. Default: `min`. */
  readonly least?: number
  /** Default: the end is left out. */
  readonly cut?: Cut
}

/** What the fitting knows of a column. */
interface Fits {
  readonly shrink?: Shrink
  readonly leaveOut?: number
}

/** A column, its place in a row, and its width. */
export interface Fitted<Column> {
  readonly column: Column
  readonly at: number
  readonly width: number
}

/** Between two columns. */
const GAP_CELLS = 2

/** Fits columns into the room of a line: they shrink in their order, and where that is not enough, some are left out. */
export function fitColumns<Column extends Fits>(
  columns: readonly Fitted<Column>[],
  room: number | undefined
): readonly Fitted<Column>[] {
  if (room === undefined) return columns
  const excess = widthOf(columns) - room
  const shrunk = shrinkColumns(columns, excess, ({ min }) => min)
  const last = leftOutFirst(columns)
  if (widthOf(shrunk) <= room) return shrunk
  if (last === undefined) return shrinkColumns(columns, excess, ({ min, least = min }) => least)
  return fitColumns(
    columns.filter((each) => each !== last),
    room
  )
}

function shrinkColumns<Column extends Fits>(
  columns: readonly Fitted<Column>[],
  excess: number,
  fewest: (shrink: Shrink) => number
): readonly Fitted<Column>[] {
  const widths = new Map<number, number>()
  let left = excess
  for (const { column, at, width } of columns.toSorted(byShrinkOrder)) {
    if (!column.shrink || left <= 0) continue
    const shrunk = Math.max(Math.min(width, fewest(column.shrink)), width - left)
    left -= width - shrunk
    widths.set(at, shrunk)
  }
  return columns.map((each) => ({ ...each, width: widths.get(each.at) ?? each.width }))
}

function byShrinkOrder(
  { column: a }: { readonly column: Fits },
  { column: b }: { readonly column: Fits }
): number {
  return (a.shrink?.order ?? 0) - (b.shrink?.order ?? 0)
}

function leftOutFirst<Column extends Fits>(columns: readonly Fitted<Column>[]): Fitted<Column> | undefined {
  const rankOf = ({ column }: Fitted<Column>): number => column.leaveOut ?? 0
  const [first] = columns.toSorted((a, b) => rankOf(b) - rankOf(a))
  return first && rankOf(first) > 0 ? first : undefined
}

/** The cells that columns take, with what is between them. */
export function widthOf(columns: readonly Fitted<unknown>[]): number {
  return columns.reduce((sum, { width }) => sum + width + GAP_CELLS, -GAP_CELLS)
}
