/** What would add lines to a text, or show it otherwise than it is: controls, line ends, bidi marks, half characters. */
const deceptive = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** Whether a text is one line that shows what it says. */
export function isPlainLine(text: string): boolean {
  return !deceptive.test(text)
}
