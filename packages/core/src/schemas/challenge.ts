import * as z from 'zod/mini'
import { ifReadable, jsonObject, jsonValue } from './field.js'

/**
 * What PAYMENT-REQUIRED (v2) and the body of a 402 (v1) carry. The entries of `accepts` are read each by itself, by
 * `offerV2Schema` or `offerV1Schema`: one that is unknown must not sink the rest.
 *
 * @see x402 v2 specification, section 5.1; x402 v1 specification, section 5.1
 */
export const challengeSchema = z.object({
  x402Version: z.literal([1, 2]),
  accepts: z.array(z.unknown()),
  error: ifReadable(z.string()),
  /** Echoed as it came. The standard requires it, and Katana leaves it out. */
  resource: z.optional(jsonValue),
  extensions: ifReadable(jsonObject)
})
