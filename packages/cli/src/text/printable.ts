/**
 * Characters that a terminal obeys instead of showing: controls (ANSI sequences begin with one), line ends, and formats
 * that turn the direction of text around. The joiners of emoji and of Indic scripts stay.
 */
export const OBEYED = '[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]|(?![\\u200C\\u200D])\\p{Cf}'
const obeyed = new RegExp(OBEYED, 'gu')

/** Text that somebody else chose, fit for a terminal: what a terminal would obey is written as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(obeyed, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
