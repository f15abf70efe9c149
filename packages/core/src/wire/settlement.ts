import { settlementSchema } from '../schemas/settlement.js'
import type { JsonObject } from './json.js'
import { decodeServerHeader } from './server-header.js'
import { serverWords } from './short-text.js'

/** The settlement as the server reports it in PAYMENT-RESPONSE. The chain has not confirmed it. */
export interface Settlement {
  readonly success: boolean
  /** EVM: transaction hash. Solana: signature. Absent when nothing was broadcast. */
  readonly transaction: string | undefined
  readonly network: string | undefined
  readonly payer: string | undefined
  /** Atomic units, as digits. */
  readonly amount: string | undefined
  /** What the server's extensions add to it, exactly as received. */
  readonly extensions?: JsonObject | undefined
  /** One short line, such as `insufficient_funds` or `settlement_pending`. */
  readonly reason: string | undefined
}

/**
 * Decodes PAYMENT-RESPONSE (v2) or X-PAYMENT-RESPONSE (v1). `undefined` when it says nothing of success.
 *
 * @throws {BursarError} `header/malformed`, `header/too-large`
 * @see x402 v2 specification, section 5.3
 */
export function decodeSettlement(header: string, text: string): Settlement | undefined {
  const parsed = settlementSchema.safeParse(decodeServerHeader(header, text))
  if (!parsed.success) return undefined
  const { success, transaction, txHash, network, payer, amount } = parsed.data
  const { extensions, errorReason, errorMessage } = parsed.data
  return {
    success,
    transaction: serverWords(transaction) ?? serverWords(txHash),
    network: serverWords(network),
    payer: serverWords(payer),
    amount: serverWords(amount),
    ...(extensions && { extensions }),
    reason: serverWords(errorReason) ?? serverWords(errorMessage)
  }
}
