/**
 * Cuts text that a server chose to one short printable line, fit for an error message or a log.
 */
export function shortText(value: unknown, maxLength = 200): string | undefined {
  if (typeof value !== 'string') return undefined
  const line = value
    .slice(0, maxLength * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  if (line === '') return undefined
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line
}

/**
 * Longer than any word, hash or name: a signature, a header of a payment or a proof, which a server repeats, also as JSON, JSON
 * within JSON, a URL or a page has it.
 */
const LONG =
  /(?:[\w+/=-]|\\{1,7}\/|(?:%(?:25){0,2}|\\{1,7}u00)(?:2B|2F|3D)|(?:&|\\{1,7}u0026)#(?:0?(?:43|47|61)|x2B|x2F|x3D);){100,}/gi

/** Cuts what a server says to {@link shortText}, without what it may repeat of a payment: others would read it in logs. */
export function serverWords(value: unknown, maxLength?: number): string | undefined {
  return shortText(typeof value === 'string' ? hideLong(value.slice(0, 4_000)) : value, maxLength)
}

/** A text without what is too long for a word. */
export function hideLong(text: string): string {
  return text.replace(LONG, '…')
}
