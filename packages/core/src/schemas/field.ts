import * as z from 'zod/mini'
import { isJsonObject, type JsonObject, type JsonValue } from '../wire/json.js'

/** Text that names something. No name need be longer. */
export const name = z.string().check(z.regex(/^.{1,256}$/s))

/** Atomic units as decimal digits; 78 hold any unsigned 256-bit amount. */
export const atomicAmount = z.string().check(z.regex(/^\d{1,78}$/))

/** A count that a server has written as text: `"60"`. */
export const wholeNumber = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/)),
  z.transform((digits: string) => Number(digits))
)

export const jsonObject = z.custom<JsonObject>(isJsonObject)

/** Whatever JSON held. */
export const jsonValue = z.custom<JsonValue>()

/** What a peer may say, and of which nothing depends: what is malformed is read as if it were not there. */
export function ifReadable<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.catch(z.optional(schema), undefined)
}
