import { paint, type Style } from './color.js'
import { type Fitted, fitColumns, type Shrink } from './fit-columns.js'
import { printable } from './printable.js'
import { cutEnd } from './text-width.js'
import { textWidth, wrapWords } from './wide-text.js'

/** A column of a table. */
export interface Column<Row> {
  readonly header: string
  readonly cell: (row: Row) => string
  /** Default: left. */
  readonly align?: 'right'
  /** How its cells become shorter where the terminal is too narrow. Default: they do not. */
  readonly shrink?: Shrink
  /** Whether what does not fit goes on in further lines, so that nothing is left out. Default: it is cut. */
  readonly wraps?: boolean
  /** Where that is not enough, columns are left out, the highest number first. Default: it stays. */
  readonly leaveOut?: number
  readonly style?: (row: Row) => Style | undefined
}

/** What a table is written to. */
export interface Screen {
  /** Characters in a line. Absent: as many as it takes. */
  readonly columns?: number | undefined
  readonly color: boolean
}

/** How many rows say how wide the columns are. Later ones are cut to these widths. */
const SAMPLE_ROWS = 200

/** Writes rows below a header, in lines no longer than those of the screen. A column without any text is left out. */
export function table<Row>(screen: Screen, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => cellsOf(columns, row))
  const layout = layoutOf(screen, columns, cells)
  const lines = rows.map((row, at) => rowLine(screen, layout, { row, cells: cells[at] ?? [] }))
  return [headerLine(screen, layout), ...lines].join('')
}

/** As {@link table}, line by line while the rows are read. Writes nothing where there are none. */
export async function* tableLines<Row>(
  screen: Screen,
  columns: readonly Column<Row>[],
  rows: AsyncIterable<Row>
): AsyncGenerator<string, void, undefined> {
  let sample: Row[] = []
  let layout: Layout<Row> | undefined
  for await (const row of rows) {
    if (layout) yield rowLine(screen, layout, { row, cells: cellsOf(columns, row) })
    else if (sample.push(row) === SAMPLE_ROWS) {
      layout = layoutOf(
        screen,
        columns,
        sample.map((each) => cellsOf(columns, each))
      )
      yield table(screen, columns, sample)
      sample = []
    }
  }
  if (sample.length > 0) yield table(screen, columns, sample)
}

type Layout<Row> = readonly Fitted<Column<Row>>[]

function layoutOf<Row>(
  { columns: room }: Screen,
  columns: readonly Column<Row>[],
  rows: readonly (readonly string[])[]
): Layout<Row> {
  const measured = columns.map((column, at) => {
    const widest = rows.reduce((max, cells) => Math.max(max, textWidth(cells[at] ?? '')), 0)
    return { column, at, isEmpty: widest === 0, width: Math.max(widest, textWidth(column.header)) }
  })
  return fitColumns(
    measured.filter(({ isEmpty }) => !isEmpty),
    room
  )
}

function cellsOf<Row>(columns: readonly Column<Row>[], row: Row): readonly string[] {
  return columns.map(({ cell }) => printable(cell(row)))
}

function headerLine<Row>(screen: Screen, layout: Layout<Row>): string {
  const cells = layout.map(({ column: { header, align }, width }) => pad(cutEnd(header, width), width, align))
  return `${paint(lineOf(screen, cells), 'bold', screen)}\n`
}

function rowLine<Row>(
  screen: Screen,
  layout: Layout<Row>,
  { row, cells }: { readonly row: Row; readonly cells: readonly string[] }
): string {
  const parts = layout.map(({ column, at, width }) =>
    cellLines(screen, column, { text: cells[at] ?? '', width })
  )
  const height = Math.max(1, ...parts.map(({ length }) => length))
  const lines = Array.from({ length: height }, (_, line) => {
    const texts = layout.map(({ column: { align }, width }, at) => pad(parts[at]?.[line] ?? '', width, align))
    return paintedLine(screen, layout, { row, texts })
  })
  return lines.join('')
}

/** The lines of one cell. */
function cellLines<Row>(
  { columns }: Screen,
  { wraps, shrink }: Column<Row>,
  { text, width }: { readonly text: string; readonly width: number }
): readonly string[] {
  if (columns === undefined) return [text]
  const { cut = cutEnd } = shrink ?? {}
  return wraps ? wrapWords(text, width, { hard: true }).split('\n') : [cut(text, width)]
}

function paintedLine<Row>(
  screen: Screen,
  layout: Layout<Row>,
  { row, texts }: { readonly row: Row; readonly texts: readonly string[] }
): string {
  const joined = texts.join(GAP)
  if (!screen.color || textWidth(joined) > (screen.columns ?? textWidth(joined)))
    return `${lineOf(screen, texts)}\n`
  const painted = layout.map(({ column }, at) => paint(texts[at] ?? '', column.style?.(row), screen))
  return `${painted.join(GAP).trimEnd()}\n`
}

/** The space between two columns. */
const GAP = '  '

/** Columns that neither shrink nor may be left out can be too wide all the same: the line is cut then. */
function lineOf({ columns }: Screen, cells: readonly string[]): string {
  const line = cells.join(GAP).trimEnd()
  return columns === undefined ? line : cutEnd(line, columns)
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)))
  return align === 'right' ? space + text : text + space
}
