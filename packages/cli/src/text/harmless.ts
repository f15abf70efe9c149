import { OBEYED } from './printable.js'

/** What commands themselves write that a terminal obeys: the styles of `paint`, ends of lines, and tabs. */
const OWN = '\\u001B\\[(?:[12]|22|3[1239])m|\\r?\\n|\\t'
const either = new RegExp(`(${OWN})|${OBEYED}`, 'gu')

/**
 * Text of several lines, perhaps in colours, in which nothing else is that a terminal obeys: that is written as `\u001b`,
 * as JSON has it, so that a JSON document stays one.
 */
export function harmless(text: string): string {
  return text.replace(either, (found: string, own: string | undefined) => own ?? escaped(found))
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
