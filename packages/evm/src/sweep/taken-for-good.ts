import type { Rpc, SignedSweep } from '@bursar/core'

/** The blocks that stay, the surest first. */
export const STAYING_BLOCKS = ['finalized', 'safe'] as const

/**
 * Whether the transaction's number is used in a block that stays. Of the latest blocks, a node behind the same address may have
 * no receipts yet, and a transaction that landed would be given up.
 */
export async function isTakenForGood(
  rpc: Rpc,
  { feePayer, endsAt }: Pick<SignedSweep, 'feePayer' | 'endsAt'>
): Promise<boolean> {
  for (const block of STAYING_BLOCKS) {
    try {
      const count = await rpc('eth_getTransactionCount', [feePayer, block])
      if (typeof count === 'string') return BigInt(count) > endsAt
    } catch {
      // A node that does not know this block may know the other. Without both, its end stays unknown.
    }
  }
  return false
}
