import { paint, type Style } from './color.js'
import { textWidth, wrapWords } from './wide-text.js'

/** One value of a row. */
export interface StackedCell {
  /** The name of its column. */
  readonly header: string
  readonly text: string
  readonly style: Style | undefined
}

/** A screen that is too narrow for a table. */
interface NarrowScreen {
  readonly columns: number
  readonly color: boolean
}

/** Where the values stand. */
interface Place {
  /** The cells of the longest name. */
  readonly width: number
  /** Whether there is too little room beside the names. */
  readonly isBelow: boolean
}

const GAP = '  '
/** The fewest cells that a value has beside its name. */
const FEWEST = 16

/** A row of a table whose columns have no room: a line for each value, which goes on below it, so that nothing is cut. */
export function stackedRow(screen: NarrowScreen, cells: readonly StackedCell[]): string {
  const shown = cells.filter(({ text }) => text.trim() !== '')
  const width = Math.max(0, ...shown.map(({ header }) => textWidth(header)))
  const isBelow = screen.columns - width - GAP.length < FEWEST
  return `${shown.map((cell) => fieldLines(screen, cell, { width, isBelow })).join('')}\n`
}

function fieldLines(
  screen: NarrowScreen,
  { header, text, style }: StackedCell,
  { width, isBelow }: Place
): string {
  const indent = isBelow ? GAP : ' '.repeat(width + GAP.length)
  const lines = wrapWords(text, Math.max(1, screen.columns - indent.length), { hard: true }).split('\n')
  const value = lines.map((line) => paint(line, style, screen)).join(`\n${indent}`)
  if (header === '') return `${value}\n`
  if (isBelow) return `${paint(header, 'bold', screen)}\n${indent}${value}\n`
  return `${paint(header.padEnd(width), 'bold', screen)}${GAP}${value}\n`
}
