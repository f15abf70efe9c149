import type { JsonObject } from '@bursar/core'
import type * as z from 'zod'
import { ItemError } from './item-rejection.js'

/** @throws {ItemError} that names the first field which is missing or not accepted. */
export function parseItem<Schema extends z.ZodType>(schema: Schema, input: JsonObject): z.infer<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ItemError('invalid_request', `${field} is missing or not accepted`)
}
