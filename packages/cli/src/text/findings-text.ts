import type { Finding } from '../doctor/finding.js'
import { paint } from './color.js'
import { printable } from './printable.js'
import type { Screen } from './table.js'
import { wrapText } from './wrap-text.js'

const NOT_OK = 'NOT OK'
const GAP = '  '
/** Where fewer are left beside what is found, the text goes below it. */
const FEWEST = 24

/** Findings in full, however long they are: lines after the first are below the text. */
export function findingsText(screen: Screen, findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length))
  const beside = NOT_OK.length + GAP.length + width + GAP.length
  const isNarrow = screen.columns !== undefined && screen.columns - beside < FEWEST
  const indent = isNarrow ? GAP : ' '.repeat(beside)
  const room = screen.columns === undefined ? undefined : screen.columns - indent.length
  return findings
    .map(({ what, ok, text }) => {
      const word = paint((ok ? 'ok' : NOT_OK).padEnd(NOT_OK.length), ok ? 'green' : 'red', screen)
      const lines = wrapText(printable(text), room).replaceAll('\n', `\n${indent}`)
      return `${word}${GAP}${isNarrow ? `${what}\n${indent}` : what.padEnd(width) + GAP}${lines}\n`
    })
    .join('')
}
