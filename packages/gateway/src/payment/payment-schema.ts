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

/** What is read of a header whose version the route does not support. */
export const versionOnly = z.object({ x402Version: z.number() })

/** The fields of a v2 offer that the facilitator checks. */
export const requirementV2 = z.object({
  scheme: z.string(),
  network: z.string(),
  asset: z.string(),
  payTo: z.string(),
  amount: z.string().regex(/^\d+$/),
  extra: jsonObject.default({})
})

/** The fields of a v1 offer that the facilitator checks. */
export const requirementV1 = z.object({
  scheme: z.string(),
  network: z.string(),
  asset: z.string(),
  payTo: z.string(),
  maxAmountRequired: z.string().regex(/^\d+$/),
  extra: jsonObject.default({})
})
