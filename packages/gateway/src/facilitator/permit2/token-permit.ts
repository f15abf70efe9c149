import { isJsonObject, type JsonObject } from '@bursar/core'
import type { RejectionReason } from '../rejection-reasons.js'
import { type TokenPermit, tokenPermitSchema } from './payload.js'

/** The name of the extension in a challenge and in a payment. */
export const SPONSORING = 'eip2612GasSponsoring'

/**
 * Reads the permit that a payment brings. A payment that only echoes what the challenge declares brings none.
 *
 * @returns the reason when it is there and malformed.
 */
export function readTokenPermit(
  extensions: JsonObject | undefined
): TokenPermit | RejectionReason | undefined {
  const extension = extensions?.[SPONSORING]
  const info = isJsonObject(extension) ? extension.info : undefined
  if (!isJsonObject(info)) return undefined
  const isWhole = Object.keys(tokenPermitSchema.shape).every((key) => Boolean(info[key]))
  if (!isWhole) return undefined
  return tokenPermitSchema.safeParse(info).data ?? 'invalid_eip2612_extension_format'
}
