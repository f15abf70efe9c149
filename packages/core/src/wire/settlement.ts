import { decodeHeader } from './header-codec.js'
import { shortText } from './short-text.js'

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
 * @see x402 v2 specification, section 5.3
 */
export function decodeSettlement(header: string, text: string): Settlement | undefined {
  const { success, errorReason, errorMessage, ...named } = decodeHeader(header, text)
  if (typeof success !== 'boolean') return undefined
  const settlement: { -readonly [Field in keyof Settlement]: Settlement[Field] } = { success }
  for (const field of ['transaction', 'network', 'payer', 'amount'] as const) {
    const line = shortText(named[field])
    if (line !== undefined) settlement[field] = line
  }
  const reason = shortText(errorReason) ?? shortText(errorMessage)
  if (reason !== undefined) settlement.reason = reason
  return settlement
}
