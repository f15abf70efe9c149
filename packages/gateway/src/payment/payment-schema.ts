import type { JsonObject } from '@bursar/core'
import * as z from 'zod'

const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
)

/** PAYMENT-SIGNATURE, decoded. @see x402 v2 specification, section 5.2 */
export const paymentV2 = z.strictObject({
  x402Version: z.literal(2),
  resource: z.optional(jsonObject),
  accepted: jsonObject,
  payload: jsonObject,
  extensions: z.optional(jsonObject)
})

/** X-PAYMENT, decoded. @see x402 v1 specification, section 5.2 */
export const paymentV1 = z.strictObject({
  x402Version: z.literal(1),
  scheme: z.string(),
  network: z.string(),
  payload: jsonObject
})

/** The only part that is read of a header in a version that the route does not speak. */
export const versionOnly = z.object({ x402Version: z.number() })

/** What the facilitator checks of an entry that this gateway offered. */
export const requirementV2 = z.object({
  scheme: z.string(),
  network: z.string(),
  asset: z.string(),
  payTo: z.string(),
  amount: z.string().regex(/^\d+$/),
  extra: jsonObject.default({})
})

/** The same in v1. */
export const requirementV1 = z.object({
  scheme: z.string(),
  network: z.string(),
  asset: z.string(),
  payTo: z.string(),
  maxAmountRequired: z.string().regex(/^\d+$/),
  extra: jsonObject.default({})
})
