import * as z from 'zod/mini'
import { ifReadable, jsonObject } from './field.js'

/**
 * What PAYMENT-RESPONSE (v2) and X-PAYMENT-RESPONSE (v1) carry.
 *
 * @see x402 v2 specification, section 5.3
 */
export const settlementSchema = z.object({
  success: z.boolean(),
  transaction: ifReadable(z.string()),
  /** Some servers' own name of it. */
  txHash: ifReadable(z.string()),
  network: ifReadable(z.string()),
  payer: ifReadable(z.string()),
  amount: ifReadable(z.string()),
  /** Of it, what a seller has signed. */
  extensions: ifReadable(jsonObject),
  errorReason: ifReadable(z.string()),
  errorMessage: ifReadable(z.string())
})
