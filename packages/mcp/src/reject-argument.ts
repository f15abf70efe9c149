import { BursarError } from '@bursar/core'

/** What is wrong with an argument of a tool. */
export interface RejectedArgument {
  readonly field: string
  readonly rule: string
  /** What it does wrong, to be read after its name. */
  readonly what: string
  readonly allowed: string
}

const MAX_NAME_LENGTH = 100

/** The error of a tool that was called with something that is not allowed. */
export function rejectArgument({ field, rule, what, allowed }: RejectedArgument): BursarError {
  const name = field.length > MAX_NAME_LENGTH ? `${field.slice(0, MAX_NAME_LENGTH - 1)}…` : field
  return new BursarError('request/invalid', {
    message: `${name} ${what}. Allowed: ${allowed}. Nothing was sent or paid.`,
    context: { violations: [{ field: name, rule, message: what, allowed }] },
    moneyState: 'none'
  })
}
