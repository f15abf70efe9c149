import * as z from 'zod/mini'
import { decodeHeader } from './header-codec.js'
import { shortText } from './short-text.js'

/** @see x402 v2 specification, section 5.3 */
const settleResponse = z.object({
  success: z.boolean(),
  transaction: z.optional(z.unknown()),
  network: z.optional(z.unknown()),
  payer: z.optional(z.unknown()),
  amount: z.optional(z.unknown()),
  errorReason: z.optional(z.unknown()),
  errorMessage: z.optional(z.unknown())
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
 * Decodes PAYMENT-RESPONSE (v2) or X-PAYMENT-RESPONSE (v1). `undefined` when it says nothing of success.
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`
 */
export function decodeSettlement(header: string, text: string): Settlement | undefined {
  const parsed = settleResponse.safeParse(decodeHeader(header, text))
  if (!parsed.success) return undefined
  const { success, errorReason, errorMessage, ...named } = parsed.data
  const settlement: { -readonly [Field in keyof Settlement]: Settlement[Field] } = { success }
  for (const field of ['transaction', 'network', 'payer', 'amount'] as const) {
    const line = shortText(named[field])
    if (line !== undefined) settlement[field] = line
  }
  const reason = shortText(errorReason) ?? shortText(errorMessage)
  if (reason !== undefined) settlement.reason = reason
  return settlement
}
