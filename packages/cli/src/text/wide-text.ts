import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** One cell for each character: no wide letter, no combining mark, no escape sequence. */
const plain = /^[\u0020-\u007E]*$/

/**
 * How many cells of a terminal a text takes: two for each wide character, none for a combining mark. What knows that of every
 * character takes 25 ms to load, and is loaded for a text that needs it.
 */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length
  const library: typeof import('string-width') = require('string-width')
  return library.default(text)
}

/**
 * Wraps a text at its words.
 *
 * @param width cells in a line.
 * @param hard whether a word that is longer than a line is cut.
 */
export function wrapWords(text: string, width: number, { hard }: { readonly hard: boolean }): string {
  if (plain.test(text) && text.length <= width) return text.trim()
  const library: typeof import('wrap-ansi') = require('wrap-ansi')
  return library.default(text, width, { hard })
}
