import { isJsonObject, type Rpc } from '@bursar/core'
import { CONFIRMED, isHeight, malformedAnswer } from './account-info.js'

/** There is no Solana before 2020: surfpool, a local chain, gives thousands of seconds, which is no time. */
const FIRST_SECOND = 1_577_836_800

/** A block's time as nodes give it, in Unix seconds; nothing when it is none. */
export function parseBlockTime(value: unknown): number | undefined {
  return typeof value === 'number' && value > FIRST_SECOND ? value : undefined
}

/** Reads the time of the block in a slot, in Unix seconds. Nothing where the node does not keep it. */
export async function readBlockTime(rpc: Rpc, slot: number): Promise<number | undefined> {
  try {
    return parseBlockTime(await rpc('getBlockTime', [slot]))
  } catch {
    // A settled payment is settled, whenever it was.
    return undefined
  }
}

/** Reads the height of the block in a slot. */
export async function readHeight(rpc: Rpc, slot: number): Promise<bigint> {
  const config = { transactionDetails: 'none', rewards: false, maxSupportedTransactionVersion: 0 }
  const block = await rpc('getBlock', [slot, { ...config, commitment: CONFIRMED }])
  if (!isJsonObject(block) || !isHeight(block.blockHeight)) throw malformedAnswer('getBlock')
  return BigInt(block.blockHeight)
}
