import * as z from 'zod'

/** Atomic units as decimal digits; 78 hold any unsigned 256-bit amount. */
const amount = z.string().regex(/^\d{1,78}$/)
const short = z.string().min(1).max(256)
const object = z.record(z.string(), z.unknown())

const offer = {
  scheme: short,
  network: short,
  asset: short,
  payTo: short,
  maxTimeoutSeconds: z.number().nonnegative(),
  extra: object.nullish()
}

/** One entry of a v2 challenge's `accepts`. Unknown keys are kept. @see x402 v2 specification, section 5.1.2 */
export const offerV2Schema = z.looseObject({ ...offer, amount })

/** One entry of a v1 challenge's `accepts`. @see x402 v1 specification, section 5.1 */
export const offerV1Schema = z.looseObject({ ...offer, maxAmountRequired: amount })

/** What PAYMENT-REQUIRED carries. `resource` is required by the standard and left out by Katana. @see section 5.1 */
export const paymentRequiredV2Schema = z.looseObject({
  x402Version: z.literal(2),
  error: z.string().nullish(),
  resource: z.looseObject({ url: z.string() }).nullish(),
  accepts: z.array(offerV2Schema),
  extensions: object.nullish()
})

/** What the body of a v1 402 carries. */
export const paymentRequiredV1Schema = z.looseObject({
  x402Version: z.literal(1),
  error: z.string().nullish(),
  accepts: z.array(offerV1Schema)
})

/** What PAYMENT-SIGNATURE carries. @see x402 v2 specification, section 5.2 */
export const paymentPayloadV2Schema = z.looseObject({
  x402Version: z.literal(2),
  resource: z.unknown(),
  accepted: offerV2Schema,
  payload: object,
  extensions: object.nullish()
})

/** What X-PAYMENT carries. */
export const paymentPayloadV1Schema = z.looseObject({
  x402Version: z.literal(1),
  scheme: short,
  network: short,
  payload: object
})

/** What PAYMENT-RESPONSE and X-PAYMENT-RESPONSE carry. @see x402 v2 specification, section 5.3 */
export const settleResponseSchema = z.looseObject({
  success: z.boolean(),
  transaction: z.string().nullish(),
  network: z.string().nullish(),
  payer: z.string().nullish(),
  amount: z.string().nullish(),
  errorReason: z.string().nullish(),
  errorMessage: z.string().nullish()
})
