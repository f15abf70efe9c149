import { isJsonObject, type JsonObject, type Rpc } from '@bursar/core'
import { sha256 } from '@noble/hashes/sha2.js'
import bs58 from 'bs58'
import { CONFIRMED, malformedAnswer } from '../rpc/account-info.js'
import { parseBlockTime } from '../rpc/block-time.js'
import { decodeBase64 } from '../wire/base64.js'
import { readSignatures, signatureAt } from '../wire/transaction.js'

/** A transaction that is in a block. */
export interface LandedTransaction {
  /** SHA-256 of its message, base58, which is what names a payment. */
  readonly reference: string
  readonly hasSucceeded: boolean
  /** Unix milliseconds of its block, where the node says it. */
  readonly atMs: number | undefined
  readonly meta: JsonObject
}

/**
 * Reads a transaction.
 *
 * @param name base58 of its first signature.
 * @returns nothing when the node does not know it.
 * @throws {TypeError} when the node does not say.
 */
export async function readLandedTransaction(rpc: Rpc, name: string): Promise<LandedTransaction | undefined> {
  const config = { encoding: 'base64', commitment: CONFIRMED, maxSupportedTransactionVersion: 0 }
  const found = await rpc('getTransaction', [name, config])
  if (found === null) return undefined
  if (!isJsonObject(found) || !isJsonObject(found.meta) || !Array.isArray(found.transaction)) {
    throw malformedAnswer('getTransaction')
  }
  const bytes = decodeBase64(found.transaction[0])
  if (!bytes) throw malformedAnswer('getTransaction')
  const message = bytes.subarray(signatureAt(readSignatures(bytes).length))
  const atSeconds = parseBlockTime(found.blockTime)
  return {
    reference: bs58.encode(sha256(message)),
    hasSucceeded: found.meta.err === null,
    atMs: atSeconds === undefined ? undefined : atSeconds * 1000,
    meta: found.meta
  }
}
