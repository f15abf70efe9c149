import { isJsonObject, type Rpc } from '@bursar/core'
import { parseAddress } from '../address/address.js'
import { isHeight, malformedAnswer, readValue } from './account-info.js'

/** The hash of a recent block, which limits the life of a transaction. */
export interface Blockhash {
  /** Base58. */
  readonly text: string
  readonly bytes: Uint8Array
  /** Once the chain is higher, no transaction with this hash can land. */
  readonly lastValidBlockHeight: bigint
  /** By the payer's clock, just before it was asked for. */
  readonly readAtMs: number
}

/** For how many blocks after its own a transaction with a hash can land. */
export const BLOCKHASH_LIFE_BLOCKS = 150

/** Reads the latest hash at a commitment. */
export async function readBlockhash(
  rpc: Rpc,
  commitment: 'processed' | 'confirmed' | 'finalized',
  nowMs: number
): Promise<Blockhash> {
  return parseBlockhash(await rpc('getLatestBlockhash', [{ commitment }]), nowMs)
}

/** Reads the answer to `getLatestBlockhash`. */
export function parseBlockhash(answer: unknown, readAtMs: number): Blockhash {
  const value = readValue(answer)
  const parsed = isJsonObject(value) ? parseAddress(value.blockhash) : undefined
  if (!isJsonObject(value) || !parsed || !isHeight(value.lastValidBlockHeight)) {
    throw malformedAnswer('getLatestBlockhash')
  }
  return { ...parsed, lastValidBlockHeight: BigInt(value.lastValidBlockHeight), readAtMs }
}
