import { parseAddress } from '../address/address.js'
import { CONFIRMED, readValue } from './account-info.js'
import { type Blockhash, readBlockhash } from './blockhash.js'
import type { Rpc } from './endpoint.js'

/**
 * Looks a server's blockhash up, and gives it when the chain takes it. The server's word on how long it lives is
 * not believed: a payment that is called dead too early would be paid twice. No hash outlives one that is
 * younger, so the latest hash of all says when the hint is dead for sure.
 *
 * @see x402 exact/SVM, `extra.recentBlockhash`
 */
export async function readHintedBlockhash(
  rpc: Rpc,
  text: string,
  nowMs: number
): Promise<Blockhash | undefined> {
  const parsed = parseAddress(text)
  if (!parsed) return undefined
  // One after the other: the latest must not be older than the hint.
  const valid = readValue(await rpc('isBlockhashValid', [text, { commitment: CONFIRMED }]))
  if (valid !== true) return undefined
  const { lastValidBlockHeight } = await readBlockhash(rpc, 'processed', nowMs)
  return { ...parsed, lastValidBlockHeight, readAtMs: nowMs }
}
