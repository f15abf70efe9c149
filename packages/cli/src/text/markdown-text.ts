import { paint } from './color.js'
import type { Screen } from './table.js'
import { wrapText } from './wrap-text.js'

/** A paragraph's lines belong together. Those of a list, and those that are indented, stand alone. */
const brokenLine = /([^\n])\n(?=[^\s\n-])/g
const link = /\[([^\]]+)\]\(([^)]+)\)/g

/** Paragraphs of Markdown as a terminal shows them: in lines of its width, without the marks. What is bold stays so. */
export function markdownText(screen: Screen, markdown: string): string {
  const plain = markdown.replaceAll(brokenLine, '$1 ').replaceAll(link, '$1 ($2)').replaceAll('`', '')
  return plain
    .split('\n')
    .map((line) => paragraph(screen, line))
    .join('\n')
}

/** It is wrapped as it is seen, and then painted. */
function paragraph(screen: Screen, line: string): string {
  const [, bold] = /^\*\*(.+?)\*\*/.exec(line) ?? []
  const wrapped = wrapText(line.replaceAll('**', ''), screen.columns)
  return bold !== undefined && wrapped.startsWith(bold)
    ? paint(bold, 'bold', screen) + wrapped.slice(bold.length)
    : wrapped
}
