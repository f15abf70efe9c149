import { paint, type Style } from './color.js'
import { type Fitted, fitColumns, type Shrink, widthOf } from './fit-columns.js'
import { printable } from './printable.js'
import { stackedRow } from './stacked-rows.js'
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

/**
 * Writes rows below a header, in lines no longer than those of the screen. A column without any text is left out. Where the
 * columns have no room, the values of a row stand below each other, in full.
 */
export function table<Row>(screen: Screen, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => cellsOf(columns, row))
  const layout = layoutOf(screen, columns, cells)
  const lines = rows.map((row, at) => rowLine(screen, layout, { row, cells: cells[at] ?? [] }))
  return [layout.isStacked ? '' : headerLine(screen, layout.columns), ...lines].join('')
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

/** Which columns are shown. */
interface Layout<Row> {
  readonly columns: readonly Fitted<Column<Row>>[]
  /** They have no room beside each other. */
  readonly isStacked: boolean
}

function layoutOf<Row>(
  { columns: room }: Screen,
  columns: readonly Column<Row>[],
  rows: readonly (readonly string[])[]
): Layout<Row> {
  const measured = columns.map((column, at) => {
    const widest = rows.reduce((max, cells) => Math.max(max, textWidth(cells[at] ?? '')), 0)
    return { column, at, isEmpty: widest === 0, width: Math.max(widest, textWidth(column.header)) }
  })
  const filled = measured.filter(({ isEmpty }) => !isEmpty)
  const fitted = fitColumns(filled, room)
  const isStacked = room !== undefined && widthOf(fitted) > room
  return { columns: isStacked ? filled : fitted, isStacked }
}

function cellsOf<Row>(columns: readonly Column<Row>[], row: Row): readonly string[] {
  return columns.map(({ cell }) => printable(cell(row)))
}

function headerLine<Row>(screen: Screen, layout: Layout<Row>['columns']): string {
  const cells = layout.map(({ column: { header, align }, width }) => pad(cutEnd(header, width), width, align))
  return `${paint(lineOf(screen, cells), 'bold', screen)}\n`
}

/** A row, and the text in each of its columns. */
interface CellsOf<Row> {
  readonly row: Row
  readonly cells: readonly string[]
}

function rowLine<Row>(
  screen: Screen,
  { columns, isStacked }: Layout<Row>,
  { row, cells }: CellsOf<Row>
): string {
  if (!isStacked) return tableRow(screen, columns, { row, cells })
  const values = columns.map(({ column: { header, style }, at }) => ({
    header,
    text: cells[at] ?? '',
    style: style?.(row)
  }))
  return stackedRow({ color: screen.color, columns: screen.columns ?? 0 }, values)
}

function tableRow<Row>(screen: Screen, layout: Layout<Row>['columns'], { row, cells }: CellsOf<Row>): string {
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
  layout: Layout<Row>['columns'],
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

/** Rows after the first may be wider: their lines are cut. */
function lineOf({ columns }: Screen, cells: readonly string[]): string {
  const line = cells.join(GAP).trimEnd()
  return columns === undefined ? line : cutEnd(line, columns)
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  const space = ' '.repeat(Math.max(0, width - textWidth(text)))
  return align === 'right' ? space + text : text + space
}
