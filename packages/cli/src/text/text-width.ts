import stringWidth from 'string-width'

const plain = /^[\u0020-\u007E]*$/

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How many cells of a terminal a text takes: two for each wide character, none for a combining mark. */
export function textWidth(text: string): number {
  return plain.test(text) ? text.length : stringWidth(text)
}

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
  return takeCells([...graphemes.segment(text)], cells).join('')
}

function lastCells(text: string, cells: number): string {
  return takeCells([...graphemes.segment(text)].toReversed(), cells)
    .toReversed()
    .join('')
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
