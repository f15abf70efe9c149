import { wrapWords } from './wide-text.js'

/**
 * Wraps prose at words. A word that is longer than a line, such as a path, stays whole, so that it can be copied. The lines
 * that are made of one line begin where that began. What draws on a terminal is left as it is.
 *
 * @param columns characters in a line. Absent: lines stay as they are.
 */
export function wrapText(text: string, columns: number | undefined): string {
  if (columns === undefined || text.includes('\u001B')) return text
  return text
    .split('\n')
    .map((line) => wrapLine(line, columns))
    .join('\n')
}

function wrapLine(line: string, columns: number): string {
  const indent = line.slice(0, line.length - line.trimStart().length)
  const room = Math.max(1, columns - indent.length)
  const lines = wrapWords(line.trim(), room, { hard: false })
  return lines.replace(/^(?=.)/gm, indent)
}
