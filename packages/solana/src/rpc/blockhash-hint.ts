import type { Rpc } from '@bursar/core'
import { parseAddress } from '../address/address.js'
import { CONFIRMED, readSlot, readValue } from './account-info.js'
import { type Blockhash, parseBlockhash } from './blockhash.js'

/**
 * Looks a server's blockhash up, and returns it when the chain takes it. How long it lives is not left to the server:
 * a payment that is called dead too early would be paid twice. No hash outlives a younger one, so that the expiry of
 * the latest hash of all is a safe expiry for the hint.
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
  const validity = await rpc('isBlockhashValid', [text, { commitment: CONFIRMED }])
  if (readValue(validity) !== true) return undefined
  const latest = await rpc('getLatestBlockhash', [{ commitment: 'processed' }])
  // The latest hash of a node that is behind the one that knew the hint may be older than the hint.
  if (readSlot(latest) < readSlot(validity)) return undefined
  const { lastValidBlockHeight } = parseBlockhash(latest, nowMs)
  return { ...parsed, lastValidBlockHeight, readAtMs: nowMs }
}
