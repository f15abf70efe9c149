import { isJsonObject } from '@bursar/core'
import { issueText } from './issue-text.js'
import { type Policy, policySchema } from './policy-schema.js'

/**
 * Reads a policy from what a file holds. An unknown name at any level is rejected by its name.
 *
 * @throws {TypeError} that names the first value that is wrong, and what is right.
 */
export function parsePolicy(value: unknown): Policy {
  assertPlainNames(value)
  const { data, error } = policySchema.safeParse(value)
  if (data !== undefined) return data
  const [first, ...others] = error.issues.map(issueText)
  throw new TypeError(others.length === 0 ? first : `${first} (and ${others.length} more)`)
}

/** A schema passes over a member of this name, and with it over the limit that it may hold. */
function assertPlainNames(value: unknown): void {
  if (Array.isArray(value)) for (const each of value) assertPlainNames(each)
  if (!isJsonObject(value)) return
  if (Object.hasOwn(value, '__proto__')) throw new TypeError('__proto__ is not a setting')
  for (const each of Object.values(value)) assertPlainNames(each)
}
