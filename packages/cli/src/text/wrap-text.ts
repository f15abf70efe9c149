import wrapAnsi from 'wrap-ansi'

/**
 * Wraps prose at words. A word that is longer than a line, such as a path, stays whole, so that it can be copied. What
 * draws on a terminal is left as it is.
 *
 * @param columns characters in a line. Absent: lines stay as they are.
 */
export function wrapText(text: string, columns: number | undefined): string {
  if (columns === undefined || text.includes('\u001B')) return text
  return wrapAnsi(text, columns, { hard: false, trim: false }).replace(/ +$/gm, '')
}
