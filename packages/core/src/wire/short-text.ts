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
