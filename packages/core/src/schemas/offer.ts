import * as z from 'zod/mini'
import { atomicAmount, jsonObject, name } from './field.js'

const common = {
  scheme: name,
  network: name,
  asset: name,
  payTo: name,
  maxTimeoutSeconds: z.number().check(z.nonnegative()),
  extra: z.nullish(jsonObject)
}

/** One entry of a v2 challenge's `accepts`, as far as it is read. @see x402 v2 specification, section 5.1.2 */
export const offerV2Schema = z.object({ ...common, amount: atomicAmount })

/** One entry of a v1 challenge's `accepts`, as far as it is read. @see x402 v1 specification, section 5.1 */
export const offerV1Schema = z.object({ ...common, maxAmountRequired: atomicAmount })

/** An entry of Katana's, unlike one of the standard's, has the amounts of both versions, which are equal. */
export const katanaOfferSchema = z
  .object({ amount: z.string(), maxAmountRequired: z.string() })
  .check(z.refine(({ amount, maxAmountRequired }) => amount === maxAmountRequired))
