import { isJsonObject, type JsonObject, serverWords, shortText } from '@bursar/core'
import * as z from 'zod/mini'

/*
 * What schemas of answers are made of. An answer that was paid for is not lost over a field: what is absent, or of
 * another type, is `undefined`, or empty where it is a list or an object. Fields that are not named are kept.
 */

/** Anything, or nothing: zod takes a field for required unless its input is optional. */
const anything = z.optional(z.unknown())

/** What a function makes of anything. */
export function read<Value>(value: (found: unknown) => Value) {
  return z.pipe(anything, z.transform(value))
}

/** As long as a URL may be. */
const MAX_URL = 8192

/** One short line of text; `undefined` when it is blank as well. */
export function text(maxLength = 200) {
  return read((value) => shortText(value, maxLength))
}

/** As {@link text}, of what a service says of a failure: nothing in it is what it may repeat of a payment or a proof. */
export function words(maxLength = 200) {
  return read((value) => serverWords(value, maxLength))
}

/** As {@link text}, in small letters: statuses and types of media. */
export function word(maxLength = 40) {
  return read((value) => shortText(value, maxLength)?.toLowerCase())
}

/** A number that is finite and not negative. */
export const number = read((value) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined
)

/** A whole number that is not negative. */
export const count = z.pipe(
  number,
  z.transform((value) => (Number.isSafeInteger(value) ? value : undefined))
)

/** `true` or `false`. */
export const flag = read((value) => (typeof value === 'boolean' ? value : undefined))

/** A URL, `data:` URLs among them. What it may be used for is checked where it is used. */
export const url = read((value) => {
  if (typeof value !== 'string' || value.length > MAX_URL || !URL.canParse(value)) return undefined
  return new URL(value).href
})

/** A time in words, as Unix milliseconds. */
export const time = read((value) => {
  const ms = typeof value === 'string' && value.length < 64 ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? undefined : ms
})

/** The short texts of a list, the first `most` of them; `undefined` when there is no list. */
export function texts(most: number, maxLength = 80) {
  return read((value) => {
    if (!Array.isArray(value)) return undefined
    return value.slice(0, most).flatMap((each) => shortText(each, maxLength) ?? [])
  })
}

/** An object with the fields that are named, and all others as they came. To the schema behind it, what is read is anything. */
export function object<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.pipe(read<unknown>(objectOf), z.looseObject(shape))
}

/** An error, which some services write as text: then it is the `message`. */
export function error<Shape extends z.core.$ZodShape>(shape: Shape) {
  const asObject = (value: unknown) => (typeof value === 'string' ? { message: value } : objectOf(value))
  return z.pipe(read<unknown>(asObject), z.looseObject(shape))
}

/** The objects of a list, the first `most` of them; `undefined` when there is no list. */
export function listed<Shape extends z.core.$ZodShape>(shape: Shape, most: number) {
  const asList = (value: unknown) =>
    Array.isArray(value) ? value.slice(0, most).filter(isJsonObject) : undefined
  return z.pipe(read<unknown>(asList), z.optional(z.array(z.looseObject(shape))))
}

/** As {@link listed}, none when there is no list. */
export function objects<Shape extends z.core.$ZodShape>(shape: Shape, most: number) {
  return z.pipe(
    listed(shape, most),
    z.transform((rows) => rows ?? [])
  )
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}
