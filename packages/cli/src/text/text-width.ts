import { textWidth } from './wide-text.js'

/** A way to make a text fit into some cells. */
export type Cut = (text: string, cells: number) => string

/** Leaves the end of a text out. */
export const cutEnd: Cut = (text, cells) => {
  if (textWidth(text) <= cells) return text
  return `${firstCells(text, cells - 1).trimEnd()}…`
}

/** How many characters stay at the end of what is cut in its middle: enough to tell two ids apart. */
const TAIL_CELLS = 4

/** Leaves the middle of a text out, as of an address or an id. */
export const cutMiddle: Cut = (text, cells) => {
  if (textWidth(text) <= cells) return text
  const tail = Math.min(TAIL_CELLS, Math.floor((cells - 1) / 2))
  return `${firstCells(text, cells - 1 - tail)}…${lastCells(text, tail)}`
}

function firstCells(text: string, cells: number): string {
  return takeCells(graphemesOf(text), cells).join('')
}

function lastCells(text: string, cells: number): string {
  return takeCells(graphemesOf(text).toReversed(), cells).toReversed().join('')
}

/** Where nothing is cut, no tables of Unicode are read. */
function graphemesOf(text: string): readonly Intl.SegmentData[] {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)]
}

function takeCells(segments: readonly Intl.SegmentData[], cells: number): readonly string[] {
  const taken: string[] = []
  let width = 0
  for (const { segment } of segments) {
    width += textWidth(segment)
    if (width > cells) break
    taken.push(segment)
  }
  return taken
}
