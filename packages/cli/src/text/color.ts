import { styleText } from 'node:util'
import type { Env } from '../io.js'

/** How a text stands out. */
export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow'

/**
 * Whether an output has colours. The first that says so decides: `--no-color`, `FORCE_COLOR`, `NO_COLOR`, `TERM=dumb`;
 * else a terminal has them.
 *
 * @see https://no-color.org and https://force-color.org
 */
export function usesColor(
  { FORCE_COLOR: force = '', NO_COLOR: no = '', TERM: terminal }: Env,
  { isTerminal, isAllowed }: { readonly isTerminal: boolean; readonly isAllowed: boolean }
): boolean {
  if (!isAllowed) return false
  if (force !== '') return force !== '0' && force !== 'false'
  return no === '' && terminal !== 'dumb' && isTerminal
}

/** A text in a style, where the output has colours. */
export function paint(
  text: string,
  style: Style | undefined,
  { color }: { readonly color: boolean }
): string {
  return color && style && text !== '' ? styleText(style, text, { validateStream: false }) : text
}
