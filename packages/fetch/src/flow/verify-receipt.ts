import type { Purchase } from '@bursar/core'

/**
 * Holds a receipt against the chain.
 *
 * @param transaction as the server names it.
 * @returns what the chain says instead, in words; nothing when it agrees.
 * @throws {BursarError} `rpc/unavailable`
 */
export type VerifyReceipt = (
  purchase: Purchase,
  transaction: string | undefined
) => Promise<string | undefined>
