import { isJsonObject } from '@bursar/core'
import { parseAddress } from '../address/address.js'
import { malformedAnswer, readValue } from './account-info.js'
import type { Rpc } from './endpoint.js'

/** A recent block's hash, which dates a transaction. */
export interface Blockhash {
  /** Base58. */
  readonly text: string
  readonly bytes: Uint8Array
  /** Once the chain is higher, no transaction with this hash can land. */
  readonly lastValidBlockHeight: bigint
  /** By the payer's clock, just before it was asked for. */
  readonly readAtMs: number
}

/** How many blocks after its own a hash dates transactions. */
export const BLOCKHASH_LIFE_BLOCKS = 150

/** Reads the latest hash at a commitment. */
export async function readBlockhash(
  rpc: Rpc,
  commitment: 'processed' | 'confirmed' | 'finalized',
  nowMs: number
): Promise<Blockhash> {
  const value = readValue(await rpc('getLatestBlockhash', [{ commitment }]))
  const parsed = isJsonObject(value) ? parseAddress(value.blockhash) : undefined
  if (!isJsonObject(value) || !parsed || !isHeight(value.lastValidBlockHeight)) {
    throw malformedAnswer('getLatestBlockhash')
  }
  return { ...parsed, lastValidBlockHeight: BigInt(value.lastValidBlockHeight), readAtMs: nowMs }
}

/** A block height or slot in an answer. */
export function isHeight(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
