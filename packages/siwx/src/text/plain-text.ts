/** Characters that add lines to a text, or make it look like another: controls, line ends, bidi marks, half characters. */
const deceptive = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Whether a text is one line, and looks like what it is. */
export function isPlainLine(text: string): boolean {
  return !deceptive.test(text)
}
