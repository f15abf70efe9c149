import * as z from 'zod/mini'
import { decodeHeader } from './header-codec.js'
import { shortText } from './short-text.js'

const short = z.string().check(z.maxLength(512))

/** @see x402 v2 specification, section 5.3 */
const settleResponse = z.object({
  success: z.boolean(),
  transaction: z.optional(z.nullable(short)),
  network: z.optional(z.nullable(short)),
  payer: z.optional(z.nullable(short)),
  amount: z.optional(z.nullable(short)),
  errorReason: z.optional(z.nullable(z.string())),
  errorMessage: z.optional(z.nullable(z.string()))
})

/** What the server says of the settlement, in PAYMENT-RESPONSE. Its word, not yet the chain's. */
export interface Settlement {
  readonly success: boolean
  /** EVM: transaction hash. Solana: signature. Absent when nothing was broadcast. */
  readonly transaction?: string
  readonly network?: string
  readonly payer?: string
  /** Atomic units, as digits. */
  readonly amount?: string
  /** One short line, such as `insufficient_funds` or `settlement_pending`. */
  readonly reason?: string
}

/**
 * Decodes PAYMENT-RESPONSE (v2) or X-PAYMENT-RESPONSE (v1).
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`
 */
export function decodeSettlement(header: string, text: string): Settlement | undefined {
  const parsed = settleResponse.safeParse(decodeHeader(header, text))
  if (!parsed.success) return undefined
  const { data } = parsed
  const fields = {
    transaction: data.transaction || undefined,
    network: data.network || undefined,
    payer: data.payer || undefined,
    amount: data.amount || undefined,
    reason: shortText(data.errorReason) ?? shortText(data.errorMessage)
  }
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  return { success: data.success, ...Object.fromEntries(known) }
}
