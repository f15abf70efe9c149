import type { RequestViolation } from '@bursar/core'
import { listOf, shown } from '../shared/checks/invalid-request.js'

/** A list of what is wrong, without the holes. */
export function violationsOf(
  ...found: readonly (RequestViolation | undefined | false)[]
): readonly RequestViolation[] {
  return found.filter((each): each is RequestViolation => Boolean(each))
}

/** A value that must be one of a list, when it is given. */
export function oneOf(field: string, value: unknown, allowed: readonly (string | number)[]) {
  if (value === undefined || allowed.some((each) => each === value)) return undefined
  return broken(field, 'not_listed', `${field} is ${shown(value)}`, listOf(allowed))
}

/** A whole number within bounds, when it is given. */
export function wholeNumber(field: string, value: unknown, least: number, most: number) {
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
    return undefined
  return broken(
    field,
    'out_of_range',
    `${field} is ${shown(value)}`,
    `a whole number from ${least} to ${most}`
  )
}

/** Text that must be there, and not too long. */
export function textUpTo(field: string, value: unknown, most: number) {
  if (typeof value !== 'string' || value.trim() === '')
    return broken(field, 'missing', `${field} is missing`, `1 to ${most} characters`)
  return shortEnough(field, value, most)
}

/** Text that must not be too long, when it is given. Characters are counted as people do. */
export function shortEnough(field: string, value: string | undefined, most: number) {
  const length = value === undefined ? 0 : [...value].length
  if (length <= most) return undefined
  return broken(field, 'too_long', `${field} has ${length} characters`, `at most ${most}`)
}

/** At most so many. */
export function atMost(field: string, items: readonly unknown[] | undefined, most: number) {
  if (items === undefined || items.length <= most) return undefined
  return broken(field, 'too_many', `${items.length} ${field} were given`, `at most ${most}`)
}

/** One thing that is wrong. */
export function broken(field: string, rule: string, message: string, allowed: string): RequestViolation {
  return { field, rule, message, allowed }
}

/** Leaves out what is undefined. */
export function present<Shape extends Record<string, unknown>>(shape: Shape): Record<string, never> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Record<
    string,
    never
  >
}
