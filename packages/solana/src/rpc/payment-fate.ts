import { isJsonObject, type SettlementStatus } from '@bursar/core'
import type { SentPayment } from '../transaction/sent-payment.js'
import { isHeight, malformedAnswer } from './account-info.js'
import { BLOCKHASH_LIFE_BLOCKS } from './blockhash.js'
import type { Rpc } from './endpoint.js'
import { findLanding, heightOf } from './landing.js'

/**
 * What became of a payment. The height is read before the landing is looked for: a search first could miss a
 * landing that happens before the height is read, and a live payment would be called dead.
 *
 * The runtime takes a blockhash for one block more than `lastValidBlockHeight` says. That block too is final
 * once the finalized height has passed the mark, so a search after that sees every block that could hold it.
 *
 * @throws {TypeError} when the node cannot tell.
 */
export async function readFate(rpc: Rpc, sent: SentPayment, expiry: bigint): Promise<SettlementStatus> {
  const { slot, height } = await readFinalized(rpc)
  // Its mark was read before it was signed, so it is in no block older than that.
  const sinceHeight = expiry - BigInt(BLOCKHASH_LIFE_BLOCKS) - 1n
  const query = { payment: sent, sinceHeight }
  const transaction = await findLanding(rpc, query)
  if (transaction !== undefined) return { status: 'settled', transaction }
  if (height <= expiry) return { status: 'open' }
  // The address may stand for many nodes, and the one that was asked may be behind. Asked again, a node must know
  // the chain up to the height that was read; alone it would not do, since some take the slot for a filter.
  const seen = await findLanding(rpc, { ...query, asOfSlot: slot })
  if (seen !== undefined) return { status: 'settled', transaction: seen }
  await assertKeepsBlocksSince(rpc, sinceHeight)
  return { status: 'dead' }
}

async function readFinalized(rpc: Rpc): Promise<{ slot: number; height: bigint }> {
  const info = await rpc('getEpochInfo', [{ commitment: 'finalized' }])
  if (!isJsonObject(info) || !isHeight(info.absoluteSlot) || !isHeight(info.blockHeight)) {
    throw malformedAnswer('getEpochInfo')
  }
  return { slot: info.absoluteSlot, height: BigInt(info.blockHeight) }
}

/** A node that has thrown the payment's blocks away finds nothing in them. */
async function assertKeepsBlocksSince(rpc: Rpc, height: bigint): Promise<void> {
  const first = await rpc('getFirstAvailableBlock')
  if (!isHeight(first)) throw malformedAnswer('getFirstAvailableBlock')
  if (first > 0 && (await heightOf(rpc, first)) > height) {
    throw new TypeError('The node no longer keeps the blocks in which the payment could be')
  }
}
