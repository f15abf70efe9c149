import * as z from 'zod/mini'
import { ifReadable, jsonObject, jsonValue } from './field.js'

const versionInText = z.pipe(
  z.literal(['1', '2']),
  z.transform((digit: '1' | '2') => (digit === '1' ? 1 : 2))
)

/**
 * What PAYMENT-REQUIRED (v2) and the body of a 402 (v1) carry. The entries of `accepts` are read each by itself, by
 * `offerSchema`: one that is unknown must not sink the rest.
 *
 * @see x402 v2 specification, section 5.1; x402 v1 specification, section 5.1
 */
export const challengeSchema = z.object({
  x402Version: z.union([z.literal([1, 2]), versionInText]),
  accepts: z.array(z.unknown()),
  error: ifReadable(z.string()),
  /** Echoed as it came. The standard requires it, and some leave it out. */
  resource: z.nullish(jsonValue),
  extensions: ifReadable(jsonObject)
})

/** Katana's challenge has these and no others. */
export const katanaChallengeSchema = z.strictObject({
  x402Version: z.literal(2),
  error: z.optional(z.string()),
  accepts: z.array(z.unknown()).check(z.minLength(1))
})
