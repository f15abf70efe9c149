import type { RequestViolation } from '@bursar/core'
import { listOf, shown } from '../shared/checks/invalid-request.js'

/** A list of what is wrong, without the gaps. */
export function violationsOf(
  ...found: readonly (RequestViolation | undefined | false)[]
): readonly RequestViolation[] {
  return found.filter((each): each is RequestViolation => Boolean(each))
}

/** A value that must be one of a list, when it is given. */
export function oneOf(
  field: string,
  value: unknown,
  allowed: readonly (string | number)[]
): RequestViolation | undefined {
  if (value === undefined || allowed.some((each) => each === value)) return undefined
  return { field, rule: 'not_listed', message: `${field} is ${shown(value)}`, allowed: listOf(allowed) }
}

/** A whole number within bounds, when it is given. */
export function wholeNumber(
  field: string,
  value: unknown,
  { min, max }: { readonly min: number; readonly max: number }
): RequestViolation | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return undefined
  const message = `${field} is ${shown(value)}`
  return { field, rule: 'out_of_range', message, allowed: `a whole number from ${min} to ${max}` }
}

/** A number from 0 to a bound, when it is given. */
export function upTo(field: string, value: number | undefined, max: number): RequestViolation | undefined {
  if (value === undefined || (value >= 0 && value <= max)) return undefined
  return { field, rule: 'out_of_range', message: `${field} is ${shown(value)}`, allowed: `0 to ${max}` }
}

/** Text that must be there, and not too long. */
export function textUpTo(field: string, value: unknown, max: number): RequestViolation | undefined {
  if (typeof value === 'string' && value.trim() !== '') return shortEnough(field, value, max)
  return { field, rule: 'missing', message: `${field} is missing`, allowed: `1 to ${max} characters` }
}

/** Text that must not be too long, when it is given. Characters are counted as people do. */
export function shortEnough(
  field: string,
  value: string | undefined,
  max: number
): RequestViolation | undefined {
  const length = value === undefined ? 0 : [...value].length
  if (length <= max) return undefined
  return { field, rule: 'too_long', message: `${field} has ${length} characters`, allowed: `at most ${max}` }
}

/** A list that must not be too long, when it is given. */
export function atMost(
  field: string,
  items: readonly unknown[] | undefined,
  max: number
): RequestViolation | undefined {
  if (items === undefined || items.length <= max) return undefined
  return {
    field,
    rule: 'too_many',
    message: `${items.length} ${field} were given`,
    allowed: `at most ${max}`
  }
}

/** A list that must not be empty. */
export function atLeastOne(field: string, items: readonly unknown[]): RequestViolation | undefined {
  if (items.length > 0) return undefined
  return { field, rule: 'missing', message: `${field} is empty`, allowed: 'one or more' }
}

/** `data:` URLs of images, each of them. */
export function inlineImages(field: string, urls: readonly string[] = []): readonly RequestViolation[] {
  return urls.flatMap((url, index) => {
    if (/^data:image\/[\w.+-]+;base64,/i.test(url)) return []
    const at = `${field}[${index}]`
    const message = `${at} is no data: URL of an image`
    return [{ field: at, rule: 'media_scheme', message, allowed: 'data:image/…;base64,…' }]
  })
}

/** A size in pixels in the spelling of a service, when it is given. */
export function sizeShaped(
  size: string | undefined,
  shape: RegExp,
  allowed: string
): RequestViolation | undefined {
  if (size === undefined || shape.test(size)) return undefined
  return { field: 'size', rule: 'size', message: `size is ${shown(size)}`, allowed }
}
