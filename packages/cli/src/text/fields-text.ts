import { paint } from './color.js'
import { printable } from './printable.js'
import type { Screen } from './table.js'
import { wrapText } from './wrap-text.js'

/** A name and what is known of it. Absent: it is left out. */
export type Field = readonly [name: string, value: string | undefined]

const GAP = '  '

/** One thing in full: a line for each field, which goes on below its value. */
export function fieldsText(screen: Screen, fields: readonly Field[]): string {
  const known = fields.filter(([, value]) => value !== undefined && value !== '')
  const width = Math.max(...known.map(([name]) => name.length))
  const indent = ' '.repeat(width + GAP.length)
  const room = screen.columns === undefined ? undefined : screen.columns - indent.length
  return known
    .map(([name, value = '']) => {
      const lines = value.split('\n').map((line) => wrapText(printable(line), room))
      const label = paint(name.padEnd(width), 'bold', screen)
      return `${label}${GAP}${lines.join('\n').replaceAll('\n', `\n${indent}`)}\n`
    })
    .join('')
}
