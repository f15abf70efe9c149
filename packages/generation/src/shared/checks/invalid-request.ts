import { BursarError, type RequestViolation } from '@bursar/core'

/** The error that lists everything that is wrong with a request; its message names the first. */
export function invalidRequest(violations: readonly RequestViolation[]): BursarError<'request/invalid'> {
  const [first] = violations
  const more = violations.length > 1 ? ` And ${violations.length - 1} more, in context.violations.` : ''
  const where = first?.item === undefined || first.item === 0 ? '' : ` (item ${first.item})`
  const allowed = first && first.allowed.length > 200 ? `${first.allowed.slice(0, 199)}…` : first?.allowed
  return new BursarError('request/invalid', {
    message: `${first?.message}${where}. Allowed: ${allowed}.${more} Nothing was sent or paid.`,
    context: { violations },
    moneyState: 'none'
  })
}

/** Names items in a sentence: `1:1, 16:9 or 9:16`. */
export function listOf(values: readonly (string | number)[]): string {
  const last = values.at(-1)
  if (last === undefined) return 'none'
  return values.length === 1 ? String(last) : `${values.slice(0, -1).join(', ')} or ${last}`
}

/** Shows a value of the caller's in a sentence, cut short. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : String(value)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
