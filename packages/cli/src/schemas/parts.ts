/** What several schemas have in common. */
import * as z from 'zod'

/** An amount in the unit of its asset. */
export const amount = z
  .string()
  .regex(/^-?\d+(?:\.\d+)?$/)
  .describe('decimal text, such as 0.25')

/** The same amount in the asset's smallest unit. */
export const atomic = z
  .string()
  .regex(/^-?\d+$/)
  .describe('the same in the smallest unit of the asset')

/** A moment. */
export const time = z.iso.datetime().describe('ISO 8601, in UTC')

/** A network as CAIP-2 has it, or the words by which the record calls an account or a prepaid balance. */
export const network = z.string().describe('CAIP-2, such as eip155:8453')

/** A network as people call it. */
export const networkName = z.string().describe('such as Base')

/** Where a call was led to. */
export const redirectedTo = z
  .string()
  .nullable()
  .describe('the origin and path that ask to be paid, where a redirect led to them')

/** A file. */
export const savedFile = z.strictObject({
  path: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/)
})
