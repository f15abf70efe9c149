import { parseAddress } from '../address/address.js'
import { CONFIRMED, readSlot, readValue } from './account-info.js'
import { type Blockhash, parseBlockhash } from './blockhash.js'
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
  const judged = await rpc('isBlockhashValid', [text, { commitment: CONFIRMED }])
  if (readValue(judged) !== true) return undefined
  const latest = await rpc('getLatestBlockhash', [{ commitment: 'processed' }])
  // Of a node that is behind the one that judged, the latest may be older than the hint.
  if (readSlot(latest) < readSlot(judged)) return undefined
  const { lastValidBlockHeight } = parseBlockhash(latest, nowMs)
  return { ...parsed, lastValidBlockHeight, readAtMs: nowMs }
}
