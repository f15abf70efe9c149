import type { Purchase } from '@bursar/core'

/**
 * Compares a receipt with the chain.
 *
 * @param transaction as the server names it.
 * @param takenAtomic what was taken, as the server says, where it may say so (the scheme `upto`).
 * @returns what the chain says instead, in words; nothing when it agrees.
 * @throws {BursarError} `rpc/unavailable`
 */
export type VerifyReceipt = (
  purchase: Purchase,
  transaction: string | undefined,
  takenAtomic?: bigint | undefined
) => Promise<string | undefined>
